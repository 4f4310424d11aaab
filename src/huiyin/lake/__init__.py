"""Tables of facts: each change a new version, whole or absent; erasure leaves no byte behind."""
