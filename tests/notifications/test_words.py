"""Every kind has words in every language, and none of them betrays anything."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from api.reading import catalogue
from domain.inbox.terms import InboxKind, InboxState
from domain.kernel.claims import Claim
from notifications import notes
from notifications.channels.webpush import encryption, envelope
from notifications.channels.webpush.sender import Urgency
from notifications.deliveries import Due
from notifications.words import languages

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
ID = UUID("019a0000-0000-7000-8000-000000000001")
ORIGIN = "https://catchball." + "long-company-name." * 10 + "example"
EVERY_KIND_IN_EVERY_LANGUAGE = [(kind, locale) for kind in InboxKind for locale in languages.LANGUAGES]


@pytest.mark.parametrize(("kind", "locale"), EVERY_KIND_IN_EVERY_LANGUAGE)
def test_a_kind_has_a_title_a_sentence_and_words_on_its_buttons(kind: InboxKind, locale: str) -> None:
    wording = languages.wording(kind, locale)

    assert wording.title
    assert wording.body
    assert all(wording.buttons.values())
    assert len(wording.title) <= 40
    assert len(wording.body) <= 80


def test_a_kind_has_the_same_buttons_in_every_language_and_never_more_than_two() -> None:
    for kind in InboxKind:
        buttons = {tuple(language[kind].buttons) for language in languages.LANGUAGES.values()}

        assert len(buttons) == 1
        assert len(buttons.pop()) <= 2


def test_only_a_request_can_be_approved_from_the_lock_screen() -> None:
    kinds = {kind for kind in InboxKind if "APPROVE" in languages.wording(kind, "en").buttons}

    assert kinds == {InboxKind.APPROVAL_REQUESTED}


def test_no_words_have_a_place_for_a_name_or_a_number() -> None:
    for language in languages.LANGUAGES.values():
        for wording in language.values():
            text = wording.title + wording.body + "".join(wording.buttons.values())

            assert not any(character in "{}%" or character.isdigit() for character in text)


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en", "en"),
        ("zh-CN", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh-Hans-SG", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("en-GB", "en"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_a_device_hears_the_nearest_language_that_we_speak(locale: str, language: str) -> None:
    assert languages.language(locale) == language


@pytest.mark.parametrize(("kind", "locale"), EVERY_KIND_IN_EVERY_LANGUAGE)
def test_every_push_fits_into_the_smallest_bucket_so_that_all_look_alike(kind: InboxKind, locale: str) -> None:
    note = notes.note_of(replace(DUE, kind=kind, locale=locale), origin=ORIGIN)

    assert encryption.bucket_for(len(envelope.write(note))) == encryption.BUCKETS[0]


def test_a_note_leads_to_the_request_or_to_the_goal() -> None:
    asked = notes.note_of(DUE, origin="https://c.example")
    answered = notes.note_of(replace(DUE, kind=InboxKind.OBJECTIVE_DECLINED), origin="https://c.example")

    assert asked.navigate == f"https://c.example/approvals/apv_{ID}"
    assert answered.navigate == f"https://c.example/goals/obj_{ID}"
    assert (asked.subject, asked.version, asked.item) == (f"obj_{ID}", 3, f"inb_{ID}")
    assert asked.tag == f"APPROVAL_REQUESTED:obj_{ID}"


@pytest.mark.parametrize("kind", [InboxKind.INTENT_CHANGED, InboxKind.INTENT_SAID_BACK, InboxKind.SAY_BACK_RETURNED])
def test_a_note_about_an_intent_leads_to_what_the_goal_inherits(kind: InboxKind) -> None:
    note = notes.note_of(replace(DUE, kind=kind), origin="https://c.example")

    assert note.navigate == f"https://c.example/strategy/goal/obj_{ID}"


def test_what_a_note_is_about_has_the_id_that_the_schema_gives_it() -> None:
    prefixes = {notes.note_of(replace(DUE, subject_type=one), origin=ORIGIN).subject.partition("_")[0] for one in TOLD}

    assert len(prefixes) == len(TOLD)
    assert prefixes <= {view.prefix for view in catalogue.gather().views.values()}


def test_a_push_lives_no_longer_than_its_delivery_nor_than_its_kind() -> None:
    note = notes.note_of(DUE, origin=ORIGIN)
    soon = replace(DUE, expires_at=AT + timedelta(seconds=90))

    assert notes.push_of(DUE, note, at=AT).ttl_seconds == 3600
    assert notes.push_of(soon, note, at=AT).ttl_seconds == 90
    assert notes.push_of(DUE, note, at=AT).urgency is Urgency.HIGH
    assert notes.push_of(DUE, note, at=AT).collapse_key == "APPROVAL_REQUESTED:x"


TOLD = ("objective", "alignment", "assumption", "exemption", "adjustment", "recall_question", "interlock")
DUE = Due(
    claim=Claim(tenant_id=ID, key=(ID,), lease=ID, attempts=1),
    item_id=ID,
    kind=InboxKind.APPROVAL_REQUESTED,
    item_state=InboxState.OPEN,
    is_read=False,
    subject_type="objective",
    subject_id=ID,
    approval_id=ID,
    version=3,
    person_id=ID,
    device_id=ID,
    device_person_id=ID,
    is_device_dead=False,
    endpoint="https://fcm.googleapis.com/x",
    p256dh=b"",
    auth=b"",
    vapid_key_id="key",
    locale="en",
    urgency="high",
    ttl_seconds=3600,
    collapse_key="APPROVAL_REQUESTED:x",
    expires_at=AT + timedelta(days=7),
)
