"""What comes first on the boards of each industry: a YAML file each."""
