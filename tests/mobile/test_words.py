"""Both languages say everything, and say nothing that no screen shows."""

import re
from types import ModuleType

import pytest

from domain.kernel.errors import DomainError
from domain.objectives import errors as intents
from domain.objectives.cascading import errors as cascading
from domain.transmission.recall import errors as recall
from mobile.build import MOBILE

SOURCE = MOBILE / "src"
ENTRY = re.compile(r'^  "([\w.]+)": "(.*)",$', re.MULTILINE)
ELSEWHERE = {
    "refusal.split_impossible",
    "refusal.split_not_conserved",
    "refusal.not_splittable",
    "refusal.already_aligned",
    "refusal.nobody_to_ask",
    "refusal.no_priorities",
}
"""Who throws targets down, aligns goals or asks what a strategy wants does not do it on a phone."""
HOLE = re.compile(r"\{(\w+)\}")


def words(language: str) -> dict[str, str]:
    """Those of the first screens, then those of the books that later screens bring."""
    books = [SOURCE / "words" / f"{language}.ts", *sorted((SOURCE / "words").glob(f"*-{language}.ts"))]
    return dict(entry for book in books for entry in ENTRY.findall(book.read_text("utf-8")))


ENGLISH, CHINESE = words("en"), words("zh")


def sources() -> str:
    files = [file for file in SOURCE.rglob("*.ts*") if file.parent.name != "words" and ".gen." not in file.name]
    return "\n".join(file.read_text("utf-8") for file in files)


def test_both_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(CHINESE) == list(ENGLISH)


def test_both_languages_leave_the_same_holes() -> None:
    different = [key for key in ENGLISH if set(HOLE.findall(ENGLISH[key])) != set(HOLE.findall(CHINESE[key]))]

    assert different == []


def test_english_counts_in_two_forms_and_chinese_in_one() -> None:
    assert [key for key, text in ENGLISH.items() if text.count("|") not in (0, 1)] == []
    assert [key for key, text in CHINESE.items() if "|" in text] == []


def test_no_chinese_text_was_left_in_english() -> None:
    latin = [key for key, text in CHINESE.items() if not re.search(r"[\u4e00-\u9fff]", text)]

    assert latin == ["app.name", "range.fromTo"]


@pytest.mark.parametrize("refusals", [cascading, recall, intents], ids=lambda module: module.__name__)
def test_what_is_answered_on_a_phone_is_refused_in_both_languages(refusals: ModuleType) -> None:
    kinds = [one for one in vars(refusals).values() if isinstance(one, type) and one.__module__ == refusals.__name__]
    codes = {f"refusal.{one.code}" for one in kinds if issubclass(one, DomainError)} - ELSEWHERE

    assert codes - set(CHINESE) == set()


def test_chinese_uses_its_own_punctuation() -> None:
    assert [text for text in CHINESE.values() if re.search(r"[\u4e00-\u9fff][,;:?!()]", text)] == []


def test_every_text_is_shown_somewhere() -> None:
    """As a whole key, or as one of a family that is put together, such as `state.…`."""
    text = sources()
    families = tuple(re.findall(r"`([a-zA-Z]+\.)\$\{", text))
    by_name_of_the_field = ("audience.",)

    unseen = [key for key in ENGLISH if f'"{key}"' not in text]

    assert [key for key in unseen if not key.startswith((*families, *by_name_of_the_field))] == []
