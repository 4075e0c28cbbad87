"""Co-Create Stories: the rooms of the house, top to bottom. A room imports only rooms below it.

app > cli            assembly: the only place that knows every room
pages                home, about, guidelines, privacy, transparency, health
notifications        listens to facts announced below; nobody imports it
search               what stories are found by, feeds, sitemaps; listens too, and nobody imports it
insights             how many stories and ideas there are of what, and which words rise; for curators
gatherings           spotlights; the pages of calls with the stories that answer them
moderation           the queue, reviews, decisions
stories              what members open
translations         stories in other languages, passage by passage
calls                stories asked for on a theme, and which of them count
comments             threads on any contribution
media                photos: how they arrive, what is kept of them, who sees them
contributions        the shared row, revisions, states, visibility, reactions, topics
accounts             people, sign-in, sessions, preferences, their garage
policy               who may do what: an enum, small predicates, one table
kit > config         database, unit of work, clock, text, mail, languages, jobs …: knows no community

What happens further up because of something below travels as a fact (``kit/facts.py``); the list of
listeners stands in ``app.py``. See docs/map.md.
"""
