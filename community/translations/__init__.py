"""Translations: stories said again by members who read both languages, passage by passage."""
