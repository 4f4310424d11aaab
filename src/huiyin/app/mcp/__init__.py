"""An MCP server: assistants that speak the Model Context Protocol ask, within a token's rights."""
