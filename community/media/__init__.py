"""Photos: how they arrive, what is kept of them, and who sees them. Which of them a text shows, its revision says."""
