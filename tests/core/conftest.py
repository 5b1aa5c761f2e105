"""Requests without a server."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory


@pytest.fixture
def ask():
    """Make a request of somebody, by default of a visitor."""

    def make(path="/es/", data=None, *, user=None, method="get", **headers):
        request = getattr(RequestFactory(), method)(path, data or {}, **headers)
        request.user = user or AnonymousUser()
        return request

    return make
