"""A story's own part of its page, drawn as markup."""

from flask import render_template
from markupsafe import Markup

from community.contributions import queries as contributions
from community.kit import i18n
from community.stories.models import Story


def draw_head(story: Story) -> Markup:
    """Place, title, author, cover and text."""
    topics = contributions.topics(i18n.language())
    topic = next(((slug, name) for number, slug, name in topics if number == story.topic_id), None)
    return Markup(render_template("stories/_head.html", story=story, topic=topic))  # noqa: S704 - a template's output
