"""Calls: stories asked for on a theme, between two days; the questions, the answers, and which stories answer."""
