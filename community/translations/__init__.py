"""Translations: stories and ideas said again by members who read both languages, passage by passage."""
