"""What is worked out about a contribution before anybody reads it."""
