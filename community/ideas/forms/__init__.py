"""The forms of ideas: writing one, standing behind one, answering for the maker."""
