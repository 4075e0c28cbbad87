"""The shared row of everything members put before others: states, numbered revisions, visibility, reactions, topics."""
