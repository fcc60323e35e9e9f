"""Who is calling: groups, roles, permissions, sign-in, sessions."""
