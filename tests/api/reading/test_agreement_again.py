"""The second thousand documents, where lists are walked by those who reach more than two rows; a process of its own."""

import pytest

from api.reading import paging, weaving
from tests.api.reading import proof
from tests.api.reading.proof import ACTORS, AGAIN, Proof

DOCUMENTS = 500


@pytest.mark.parametrize("chapter", [2, 3])
async def test_three_readers_agree_however_lists_are_read(
    agreement: Proof, chapter: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "REACH_MAX", 2)
    monkeypatch.setattr(paging, "REACH_COUNTED_MAX", 2)
    monkeypatch.setattr(weaving, *(("KEYS_MAX", 2) if chapter % 2 else ("WALKED_EACH", 0)))
    agreement.tally.clear()

    for number in range(DOCUMENTS):
        await agreement.prove(chapter * DOCUMENTS + number)

    assert proof.wanted(agreement) - set(agreement.tally) == set()
    assert agreement.tally["documents"] == DOCUMENTS
    assert agreement.tally["answers"] == DOCUMENTS * ACTORS + agreement.tally[AGAIN]
