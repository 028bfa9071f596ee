"""A score computed again from the bytes of its inputs, and its trace as it is kept."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import cards, codec
from domain.scorecards.scoring.codec import Json
from domain.scorecards.scoring.outcome import CardScore, Trace
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import Card

ENGINE = "1"
"""Of the order of operations and of every formula: raised when the same inputs come to other results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a score depends on."""

    engine: str
    card: Card
    policy: Policy


def inputs_bytes(card: Card, policy: Policy) -> bytes:
    """All that the score depends on, in the only bytes for it."""
    return codec.canonical(codec.plain(Inputs(engine=ENGINE, card=card, policy=policy)))


def inputs_hash(inputs: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(inputs).hexdigest()


def replayed(inputs: bytes) -> CardScore:
    """The score of these inputs; to the same bytes as the first time. InvalidInput for inputs of another engine."""
    found = codec.record_of(Inputs, json.loads(inputs))
    if found.engine != ENGINE:
        raise InvalidInput(f"These inputs are of engine {found.engine}, this one is {ENGINE}.", field="engine")
    return cards.score(found.card, found.policy)


def score_bytes(score: CardScore) -> bytes:
    """The score with its trace, in the only bytes for it."""
    return codec.canonical(_slim(codec.plain(score)))


def trace_json(trace: Trace) -> dict[str, Json]:
    """The trace as it is kept: what is null, false or empty is not written."""
    return cast("dict[str, Json]", _slim(codec.plain(trace)))


def trace_of(written: object) -> Trace:
    """The trace that was kept so."""
    return codec.record_of(Trace, written)


def _slim(written: Json) -> Json:
    if isinstance(written, dict):
        return {
            name: _slim(value)
            for name, value in written.items()
            if value is not None and value is not False and value != []
        }
    if isinstance(written, list):
        return [_slim(one) for one in written]
    return written
