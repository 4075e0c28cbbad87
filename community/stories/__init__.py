"""Stories: what members write and open; lists, places, topics and people they are found by."""
