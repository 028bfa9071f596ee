"""What the readers once differed about, they never differ about again."""

import pytest

from tests.api.reading import regressions
from tests.api.reading.proof import Proof
from tests.api.reading.regressions import Regression


@pytest.mark.parametrize("regression", [pytest.param(one, id=one.name) for one in regressions.kept()])
async def test_the_readers_agree_on_what_is_kept(agreement: Proof, regression: Regression) -> None:
    text, variables = regression.filled(regressions.nameable(agreement.desk.world.ids, agreement.cursors))

    await agreement.agree(text, variables, regression.readers)

    assert agreement.tally["answers"] >= len(regression.readers)
