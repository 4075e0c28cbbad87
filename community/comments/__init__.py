"""Comments: threads on any contribution."""
