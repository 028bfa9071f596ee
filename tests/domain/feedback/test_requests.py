"""Somebody asks, who is asked answers by a thread or declines, and is reminded once; only the two read of it."""

from datetime import timedelta

import pytest

from domain.feedback import service_requests
from domain.feedback.errors import RequestSettled
from domain.feedback.terms import Visibility
from domain.feedback.views_requests import REQUEST
from domain.kernel import clock
from domain.kernel.errors import DomainError, InvalidInput, KeyReused, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.objectives.terms import Audience
from tests.domain.feedback.talking import Talk
from tests.domain.objectives.company import NOON, ZONE, shared_with

TODAY = NOON.date()


async def test_only_the_two_read_a_request(talk: Talk) -> None:
    assert await talk.readers(REQUEST, await talk.ask()) == {"Dina", "Oskar"}


@pytest.mark.parametrize("is_about_objective", [True, False])
async def test_an_answer_is_a_thread_of_the_two(talk: Talk, *, is_about_objective: bool) -> None:
    request_id = await talk.ask(objective_id=talk.objective_id if is_about_objective else None)

    await talk.give(request_id)

    [row] = await talk.company.organisation.rows("select state, thread_id from feedback_request")
    assert row["state"] == "ANSWERED"
    assert await talk.readers_of_thread(row["thread_id"]) == {"Dina", "Oskar"}
    [thread] = await talk.company.organisation.rows("select anchor, about_id from feedback_thread")
    assert (thread["anchor"], thread["about_id"]) == (
        "OBJECTIVE" if is_about_objective else "PERSON",
        talk.company["Dina"],
    )


async def test_who_asked_reads_the_answer(talk: Talk) -> None:
    request_id = await talk.ask()
    before = await talk.everything()

    with pytest.raises(InvalidInput):
        await talk.give(request_id, visibility=Visibility.PRIVATE)

    assert await talk.everything() == before


async def test_what_cannot_be_asked_is_refused(talk: Talk) -> None:
    hidden = await talk.company.promised(shared_with(Audience.CHAIN))
    before = await talk.everything()

    attempts: list[tuple[dict[str, object], type[DomainError]]] = [
        ({"of": "Dina"}, InvalidInput),
        ({"words": " "}, InvalidInput),
        ({"due_on": TODAY - timedelta(days=1)}, InvalidInput),
        ({"due_on": TODAY + timedelta(days=91)}, InvalidInput),
        ({"objective_id": hidden}, InvalidInput),
        ({"objective_id": new_id()}, NotFound),
        ({"by": "Chen", "objective_id": talk.objective_id}, InvalidInput),
        ({"by": "Partner"}, NotPermitted),
        ({"by": "Stranger"}, NotFound),
    ]
    for given, refusal in attempts:
        with pytest.raises(refusal):
            await talk.ask(**given)  # type: ignore[arg-type]

    assert await talk.everything() == before


@pytest.mark.parametrize(
    ("name", "refusals"),
    [
        ("Dina", (NotPermitted, NotPermitted, None)),
        ("Oskar", (None, None, NotPermitted)),
        ("Chen", (NotFound, NotFound, NotFound)),
        ("Partner", (NotFound, NotFound, NotFound)),
        ("Stranger", (NotFound, NotFound, NotFound)),
    ],
)
async def test_only_who_is_asked_answers_and_only_who_asked_withdraws(
    talk: Talk, name: str, refusals: tuple[type[DomainError] | None, ...]
) -> None:
    acts = (talk.give, talk.decline, talk.withdraw)
    for act, refusal in zip(acts, refusals, strict=True):
        request_id = await talk.ask()
        before = await talk.everything()
        if refusal is None:
            await act(request_id, by=name)
            continue

        with pytest.raises(refusal):
            await act(request_id, by=name)

        assert await talk.everything() == before


async def test_what_is_settled_stays_so(talk: Talk) -> None:
    for settle in (talk.give, talk.decline, talk.withdraw):
        request_id = await talk.ask()
        await settle(request_id)
        before = await talk.everything()

        for act in (talk.give, talk.decline, talk.withdraw):
            with pytest.raises(RequestSettled):
                await act(request_id)

        assert await talk.everything() == before


async def test_a_retry_asks_once(talk: Talk) -> None:
    first = await talk.ask(key="k")

    assert await talk.ask(key="k") == first
    with pytest.raises(KeyReused):
        await talk.ask(key="k", words="Something else")
    assert await talk.company.organisation.value("select count(*) from feedback_request") == 1


async def test_who_is_asked_is_reminded_once_when_the_day_is_near(talk: Talk) -> None:
    await talk.ask()
    await talk.withdraw(await talk.ask())
    await talk.ask(due_on=TODAY + timedelta(days=20))

    reminded: list[int] = []
    for days in (4, 1, 1, 1):
        clock.advance(timedelta(days=days))
        reminded.append(await service_requests.remind(talk.company.tenant_id, ZONE))

    assert reminded == [0, 1, 0, 0]
    assert await talk.company.organisation.value("select count(*) from journal where kind = 'FeedbackRequestDue'") == 1
