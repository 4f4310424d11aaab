"""Who may do what: staff, units, roles, row rules, sign-in, sessions, tokens, share links."""
