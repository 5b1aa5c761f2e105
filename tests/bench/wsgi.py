"""One process, two doors: the floor behind the middleware of a new Django project, everything else behind the site's own."""

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from red_mpe.wsgi import application as _site

with override_settings(MIDDLEWARE=settings.PLAIN_MIDDLEWARE):
    _plain = WSGIHandler()


def application(environ, start_response):
    """Lead a request to its door."""
    door = _plain if environ["PATH_INFO"].startswith("/floor") else _site
    return door(environ, start_response)
