"""People: registration, sign-in and sessions, preferences, roles, standing, and the vehicles they own."""
