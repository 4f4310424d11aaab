"""The server's face: routes by noun, access rules, errors; no arithmetic."""
