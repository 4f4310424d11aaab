"""What a viewer may not see: small groups, whoever can be found by subtracting, private columns."""
