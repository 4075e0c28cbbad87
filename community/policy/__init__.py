"""Who may do what. The only room that decides it; it knows people and things by their shape, not by their tables."""
