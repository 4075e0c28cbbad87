"""The WSGI application: ``wsgi:app`` for granian, gunicorn or any other server."""

from community.app import create_app

app = create_app()
