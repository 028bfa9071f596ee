"""Whatever is asked, by whomever: the planner answers to the byte what the executor and the slow reader answer."""

import pytest

from tests.api.reading import proof
from tests.api.reading.proof import ACTORS, AGAIN, Proof

DOCUMENTS = 1200


@pytest.mark.timeout(600)
async def test_three_readers_agree_on_everything_that_can_be_asked(agreement: Proof) -> None:
    agreement.tally.clear()

    for seed in range(DOCUMENTS):
        await agreement.prove(seed)

    assert proof.wanted(agreement) - set(agreement.tally) == set()
    assert agreement.tally["documents"] == DOCUMENTS
    assert agreement.tally["answers"] == DOCUMENTS * ACTORS + agreement.tally[AGAIN]
