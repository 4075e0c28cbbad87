"""What the database holds about ideas."""

from community.ideas.models.idea import IDEA, Area, Idea, IdeaConcern, IdeaTally, IdeaTerm, Sum
from community.ideas.models.merge import Merge
from community.ideas.models.note import LONGEST_NOTE, IdeaNote
from community.ideas.models.quote import Quote
from community.ideas.models.stage import Meaning, Stage, StageName
from community.ideas.models.step import LONGEST_ANSWER, LONGEST_FUNCTION, LONGEST_LINE, Step
from community.ideas.models.vote import Vote

__all__ = [
    "IDEA",
    "LONGEST_ANSWER",
    "LONGEST_FUNCTION",
    "LONGEST_LINE",
    "LONGEST_NOTE",
    "Area",
    "Idea",
    "IdeaConcern",
    "IdeaNote",
    "IdeaTally",
    "IdeaTerm",
    "Meaning",
    "Merge",
    "Quote",
    "Stage",
    "StageName",
    "Step",
    "Sum",
    "Vote",
]
