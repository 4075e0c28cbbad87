"""Ideas: what members want made, begun from what they lived through; who stands behind each; what the maker answers."""
