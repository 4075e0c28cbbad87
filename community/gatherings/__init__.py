"""Gatherings: pages that put stories together. Spotlights, and what calls asked for."""
