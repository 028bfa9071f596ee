"""The second half of the documents: lists are walked by those who reach more than two rows; a process of its own."""

import pytest

from api.reading import paging, weaving
from tests.api.reading import proof
from tests.api.reading.proof import ACTORS, AGAIN, Proof

DOCUMENTS = 1200
WEAVINGS = (("WALKED_EACH", 0), ("KEYS_MAX", 2))


@pytest.mark.timeout(600)
async def test_three_readers_agree_however_lists_are_read(agreement: Proof, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "REACH_MAX", 2)
    monkeypatch.setattr(paging, "REACH_COUNTED_MAX", 2)
    agreement.tally.clear()

    for seed in range(DOCUMENTS, 2 * DOCUMENTS):
        with monkeypatch.context() as woven:
            woven.setattr(weaving, *WEAVINGS[seed % len(WEAVINGS)])
            await agreement.prove(seed)

    assert proof.wanted(agreement) - set(agreement.tally) == set()
    assert agreement.tally["documents"] == DOCUMENTS
    assert agreement.tally["answers"] == DOCUMENTS * ACTORS + agreement.tally[AGAIN]
