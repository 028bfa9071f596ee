"""Feedback as it is read: one statement for a feed, and by no way more than a direct question tells."""

from collections.abc import Iterator
from typing import cast

import pytest

from tests.api.reading.desk import Desk, statements
from tests.api.reading.world import READERS

FEED = """{ feedback(first: 20) { nodes { id body visibility postedAt writtenAt deletedAt viewerCan unread
  author { id name } reactions { kind count mine } mentions { name }
  thread { id visibility anchor viewerCan about { name } objective { id title } } } } }"""
WAYS = """{
  feedback(first: 100) { nodes { id thread { id } versions { id } } }
  unreadFeedback(first: 100) { nodes { id thread { id } } }
  inbox(first: 100) { nodes { feedbackThread { id messages(first: 100) { nodes { id } } } feedbackMessage { id } } }
  objectives(first: 100) { nodes { threads(first: 100) { nodes { id messages(first: 100) { nodes { id } } } }
    checkIns(first: 30) { nodes { threads { nodes { id } } } } } }
  measures(first: 100) { nodes { threads(first: 100) { nodes { id messages(first: 100) { nodes { id } } } } } }
  people(first: 100) { nodes { threads(first: 100) { nodes { id messages(first: 100) { nodes { id } } } } } }
}"""
PREFIXES = ("fbt_", "fbm_", "fbv_", "fbw_")


def ids_in(found: object) -> Iterator[str]:
    """All ids of feedback in an answer."""
    if isinstance(found, dict):
        for one in cast("dict[str, object]", found).values():
            yield from ids_in(one)
    elif isinstance(found, list):
        for one in cast("list[object]", found):
            yield from ids_in(one)
    elif isinstance(found, str) and found.startswith(PREFIXES):
        yield found


async def test_a_feed_of_twenty_with_authors_reactions_and_permissions_is_one_statement(desk: Desk) -> None:
    async with statements() as seen:
        found = await desk.ask("Dina", FEED)

    assert len(cast("list[object]", cast("dict[str, object]", found["feedback"])["nodes"])) == 20
    assert len(seen) == 1


@pytest.mark.parametrize("name", READERS)
async def test_no_way_leads_to_what_a_direct_question_denies(desk: Desk, name: str) -> None:
    found = sorted(set(ids_in(await desk.ask(name, WAYS))))

    direct = await desk.ask(name, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=found[:100])

    assert [one and one["id"] for one in cast("list[dict[str, object] | None]", direct["nodes"])] == found[:100]


@pytest.mark.parametrize("name", READERS)
async def test_a_thread_that_is_not_listed_is_not_found_by_its_id_either(desk: Desk, name: str) -> None:
    threads = sorted(one for one in desk.world.ids.values() if one.startswith("fbt_"))

    listed = set(ids_in(await desk.ask(name, WAYS)))
    direct = await desk.ask(name, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=threads)

    known = {one["id"] for one in cast("list[dict[str, object] | None]", direct["nodes"]) if one}
    assert known == {one for one in listed if one.startswith("fbt_")}


async def test_what_was_deleted_leaves_no_word(desk: Desk) -> None:
    found = await desk.ask(
        "Dina", "{ feedback(first: 100) { nodes { body deletedAt mentions { id } versions { id } } } }"
    )

    gone = [
        one
        for one in cast("list[dict[str, object]]", cast("dict[str, object]", found["feedback"])["nodes"])
        if one["deletedAt"]
    ]
    assert [(one["body"], one["mentions"], one["versions"]) for one in gone] == [(None, [], [])]


async def test_readers_see_what_a_message_said_before(desk: Desk) -> None:
    found = await desk.ask("Bo", "{ feedback(first: 100) { nodes { body version versions { body } } } }")

    edited = [
        one
        for one in cast("list[dict[str, object]]", cast("dict[str, object]", found["feedback"])["nodes"])
        if one["versions"]
    ]
    assert [(one["body"], one["version"]) for one in edited] == [("In yet other words.", 3)]
    assert [len(cast("list[object]", one["versions"])) for one in edited] == [2]


@pytest.mark.parametrize("name", READERS)
async def test_hidden_words_are_read_by_their_author_and_in_the_report_by_who_moderates(desk: Desk, name: str) -> None:
    found = await desk.ask(
        name,
        "{ feedback(first: 100) { nodes { body hiddenAt hiddenReason } } "
        "feedbackReports { nodes { state words settledBy { id } } } }",
    )

    messages = cast("list[dict[str, object]]", cast("dict[str, object]", found["feedback"])["nodes"])
    hidden = [(one["body"], one["hiddenReason"]) for one in messages if one["hiddenAt"]]
    reports = cast("list[dict[str, object]]", cast("dict[str, object]", found["feedbackReports"])["nodes"])
    assert hidden in ([], [("Words 0", "We talked.") if name == "Bo" else (None, None)])
    assert all((one["words"] is not None) == (name in ("Sofia", "Hugo")) for one in reports)
    assert all(one["settledBy"] is None for one in reports if name not in ("Sofia", "Hugo"))


@pytest.mark.parametrize("name", READERS)
async def test_a_search_finds_what_the_feed_tells_and_nothing_else(desk: Desk, name: str) -> None:
    found = await desk.ask(
        name,
        "{ feedback(first: 100) { nodes { id body } } "
        'searchFeedback(words: "准时 lines", first: 100) { totalCount nodes { id body } } }',
    )

    listed = cast("list[dict[str, object]]", cast("dict[str, object]", found["feedback"])["nodes"])
    searched = cast("dict[str, object]", found["searchFeedback"])
    told = [one for one in listed if "准时" in str(one["body"]) and "line" in str(one["body"])]
    assert searched == {"totalCount": len(told), "nodes": told}
