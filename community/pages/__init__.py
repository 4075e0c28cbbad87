"""Pages that belong to the site as a whole: home, about, guidelines, privacy, and what machines ask."""
