"""What pages of the whole site are put together from."""
