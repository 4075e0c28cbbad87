"""Ideas in words: the two halves of a text, the paragraphs of a story, what is alike, and in whose language."""
