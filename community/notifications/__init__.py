"""Notifications: hears the facts of the rooms below and writes to people, each in their own language."""
