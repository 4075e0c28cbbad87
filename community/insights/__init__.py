"""Insights for curators: how many stories and ideas there are of what, and which words rise. Never about one person."""
