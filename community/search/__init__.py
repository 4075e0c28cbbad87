"""Search: the words of live stories in every language they can be read in; and the feeds and lists machines read."""
