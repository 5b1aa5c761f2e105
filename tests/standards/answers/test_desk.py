"""What of the answers waits on the desk of the secretariat."""

from standards.desk.answers import PANELS
from tests.factories.answers import write
from tests.factories.standards import say


def test_the_desk_shows_what_waits(secretary, committee, miner, consultation, clause):
    comment = say(miner, consultation, clause)
    find = {panel.key: panel.find for panel in PANELS}
    assert find["standards.unanswered"](secretary).count == 0
    type(consultation).objects.update(state="closed")
    write(committee.writer, comment)
    second = say(miner, type(consultation).objects.select_related("framework__rules", "version").get(), clause)
    counts = {key: see(secretary).count for key, see in find.items()}
    assert counts == {"standards.objections": 0, "standards.unanswered": 1, "standards.to_validate": 1, "standards.to_publish": 0}
    assert find["standards.unanswered"](secretary).first[0].title.startswith(second.code)
    assert [see(committee.writer.user) for see in find.values()] == [None] * 4
