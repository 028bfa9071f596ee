"""The committed schema is the one that the code prints."""

from api import schema
from tests.house.tree import ROOT


def test_the_committed_schema_is_what_the_code_says() -> None:
    written = (ROOT / "schema.graphql").read_text(encoding="utf-8")

    assert written == schema.sdl(), "run `make schema` and look at what changed"
