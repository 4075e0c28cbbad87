"""What the database holds about contributions of every kind."""

from community.contributions.models.answer import LONGEST_CALL_ANSWER, Answer, Answers
from community.contributions.models.concern import Concern, Concerns
from community.contributions.models.consent import Consent, Purpose
from community.contributions.models.contribution import Contribution, Kind, Move
from community.contributions.models.edition import Edition
from community.contributions.models.follow import Follow, Followed, Subject
from community.contributions.models.listed_word import (
    ANY_LANGUAGE,
    LONGEST_WORD,
    LONGEST_WORD_NOTE,
    ListedWord,
)
from community.contributions.models.passage import Passage, Passages
from community.contributions.models.picture import (
    LONGEST_ALT,
    LONGEST_CAPTION,
    MOST_PICTURES,
    Picture,
    Pictures,
)
from community.contributions.models.reaction import Reaction
from community.contributions.models.revision import (
    LONGEST_BODY,
    LONGEST_FINDING,
    LONGEST_TITLE,
    Revision,
    RevisionState,
)
from community.contributions.models.states import MOVES, PUBLIC, State, is_lawful
from community.contributions.models.topic import Tally, Topic, TopicName

__all__ = [
    "ANY_LANGUAGE",
    "LONGEST_ALT",
    "LONGEST_BODY",
    "LONGEST_CALL_ANSWER",
    "LONGEST_CAPTION",
    "LONGEST_FINDING",
    "LONGEST_TITLE",
    "LONGEST_WORD",
    "LONGEST_WORD_NOTE",
    "MOST_PICTURES",
    "MOVES",
    "PUBLIC",
    "Answer",
    "Answers",
    "Concern",
    "Concerns",
    "Consent",
    "Contribution",
    "Edition",
    "Follow",
    "Followed",
    "Kind",
    "ListedWord",
    "Move",
    "Passage",
    "Passages",
    "Picture",
    "Pictures",
    "Purpose",
    "Reaction",
    "Revision",
    "RevisionState",
    "State",
    "Subject",
    "Tally",
    "Topic",
    "TopicName",
    "is_lawful",
]
