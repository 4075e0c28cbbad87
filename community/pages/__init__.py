"""Pages that belong to the site as a whole: home, about, guidelines, privacy, the public log, and what machines ask."""
