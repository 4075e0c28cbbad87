"""Search: live stories and ideas by their words in every language; and the feeds and lists machines read."""
