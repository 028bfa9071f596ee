"""The use case of a unit's design record: which factor means what for its mode, and which features it shaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.modes import events, rules, service, service_rows
from domain.modes.service import Change
from domain.modes.terms import Factor, FactorEntry, Feature


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorDraft:
    """A factor in words, and the features that are as they are because of it; none yet is an answer, too."""

    factor: Factor
    words: str
    words_zh: str | None = None
    features: tuple[Feature, ...] = ()


async def write_factors(actor: Actor, change: Change, drafts: Sequence[FactorDraft], *, key: str) -> UUID:
    """These factors of the unit's design record say so from a day on; the others stay. The unit's id."""
    found = [_checked(draft, at) for at, draft in enumerate(drafts)]
    if not found or len({draft.factor for draft in found}) < len(found):
        raise InvalidInput("Name each factor once, and at least one.", field="factors")
    async with begin(actor, key=key, intent=("write_mode_factors", change, found)) as work:
        if work.replay is None:
            await _write(work, change, found, on=await service.open_unit(work, change))
            work.reply(True)
    return change.unit_id


def _checked(draft: FactorDraft, at: int) -> FactorDraft:
    words, words_zh = rules.check_words(draft.words, draft.words_zh, field=f"factors.{at}")
    features = tuple(dict.fromkeys(draft.features))
    return FactorDraft(factor=draft.factor, words=words, words_zh=words_zh, features=features)


async def _write(work: Work, change: Change, drafts: Sequence[FactorDraft], *, on: date) -> None:
    rows = await service_rows.of_factors(work, change.unit_id, [draft.factor for draft in drafts])
    today = clock.today(work.actor.zone)
    entries = [_entry(work, change.unit_id, draft, on=on) for draft in drafts]
    await service_rows.write_factors(
        work, [rules.take_place(rows[entry.factor], entry, today=today) for entry in entries]
    )
    for draft in drafts:
        work.record(
            events.ModeFactorWritten(
                subject_id=change.unit_id,
                factor=draft.factor,
                features=", ".join(draft.features),
                effective_on=on.isoformat(),
            )
        )


def _entry(work: Work, unit_id: UUID, draft: FactorDraft, *, on: date) -> FactorEntry:
    return FactorEntry(
        id=new_id(),
        unit_id=unit_id,
        factor=draft.factor,
        words=draft.words,
        words_zh=draft.words_zh,
        features=draft.features,
        written_by_id=work.actor.person_id,
        written_at=clock.now(),
        valid_from=on,
        valid_to=clock.FOREVER,
    )
