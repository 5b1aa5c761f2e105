"""The door for gunicorn."""

from red_mpe.wsgi import roomy


def test_the_room_changes_nothing_of_a_request():
    seen = []

    def application(environ, start_response):
        seen.append((environ, start_response))
        return [b"words"]

    assert roomy(application)({"PATH_INFO": "/"}, print) == [b"words"]
    assert seen == [({"PATH_INFO": "/"}, print)]


def test_two_applications_keep_apart():
    first, second = (roomy(lambda environ, start_response, word=word: word) for word in ("one", "two"))
    assert (first({}, None), second({}, None)) == ("one", "two")
