"""What has to be done so that a person of a file answers to the managers whom the file names."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.people import rules
from domain.people.importing import Row
from domain.people.importing_present import PresentPerson, start_of
from domain.people.importing_steps import FOREVER, People, Words
from domain.people.importing_wishes import PersonWish
from domain.people.rules import Change
from domain.people.terms import Line, LineKind


def change(
    people: People, wish: PersonWish, known: PresentPerson | None, *, person_id: UUID, words: Words
) -> tuple[Change[Line], tuple[date, UUID | None, UUID | None] | None]:
    """Lines become those of the wish; a column that the file lacks leaves its kind of line as it is."""
    row, columns = wish.row, people.wishes.columns
    wanted: set[tuple[LineKind, UUID]] = set()
    kinds: set[LineKind] = set()
    if "manager_code" in columns:
        kinds.add(LineKind.LINE)
        wanted |= {(LineKind.LINE, people.person_ids[row.manager_code])} if row.manager_code else set()
    if "dotted_manager_codes" in columns:
        kinds.add(LineKind.DOTTED)
        wanted |= {(LineKind.DOTTED, people.person_ids[code]) for code in row.dotted_manager_codes}
    days = [people.first_day(other) for other in (person_id, *(manager for _, manager in wanted))]
    on = max(people.present.effective_on, row.valid_from or people.present.effective_on, *days)
    held = rules.holding(known.lines, on) if known else []
    heads = {manager for _, manager in wanted}
    stale = [
        line
        for line in held
        if (line.kind, line.manager_id) not in wanted and (line.kind in kinds or line.manager_id in heads)
    ]
    fresh = wanted - {(line.kind, line.manager_id) for line in held}
    if not stale and not fresh:
        return Change(), None
    return _line_change(people, row, known, person_id=person_id, stale=stale, fresh=fresh, words=words)


def _line_change(
    people: People,
    row: Row,
    known: PresentPerson | None,
    *,
    person_id: UUID,
    stale: Sequence[Line],
    fresh: set[tuple[LineKind, UUID]],
    words: Words,
) -> tuple[Change[Line], tuple[date, UUID | None, UUID | None] | None]:
    effective_on = people.present.effective_on
    job = next((job for job in (known.jobs if known else []) if job.valid_to > effective_on), None)
    starts: list[date] = []
    added: list[Line] = []
    for kind, manager_id in sorted(fresh):
        before = next((line for line in stale if line.kind is kind or line.manager_id == manager_id), None)
        since = start_of(row.valid_from, before or job, effective_on)
        start = max(since, people.first_day(manager_id), people.first_day(person_id))
        end = before.valid_to if before else _open_line_end(known, kind, manager_id, after=start)
        added.append(
            Line(
                id=people.make_id(),
                person_id=person_id,
                manager_id=manager_id,
                kind=kind,
                valid_from=start,
                valid_to=end,
            )
        )
        starts.append(start)
    cut = min(starts, default=effective_on)
    ended = [rules.end_from([line], max(cut, line.valid_from)) for line in stale]
    change = rules.merged([*ended, Change(added=tuple(added))])
    rules.check_lines(rules.after(known.lines if known else [], change))
    before_id = next((line.manager_id for line in stale if line.kind is LineKind.LINE), None)
    after_id = next((line.manager_id for line in added if line.kind is LineKind.LINE), None)
    words.append(("line changed", _managers(people, stale, added, cut)))
    if before_id == after_id:
        return change, None
    return change, (next((line.valid_from for line in added if line.kind is LineKind.LINE), cut), before_id, after_id)


def _open_line_end(known: PresentPerson | None, kind: LineKind, manager_id: UUID, *, after: date) -> date:
    """Up to the next line that is planned already and could not stand beside it."""
    later = (line for line in (known.lines if known else []) if line.valid_from > after)
    in_the_way = (
        line.valid_from for line in later if kind is line.kind is LineKind.LINE or line.manager_id == manager_id
    )
    return min(in_the_way, default=FOREVER)


def _managers(people: People, stale: Sequence[Line], added: Sequence[Line], on: date) -> str:
    def names(lines: Sequence[Line]) -> str:
        said = [
            people.code_of[line.manager_id] + (" (dotted)" if line.kind is LineKind.DOTTED else "") for line in lines
        ]
        return ", ".join(sorted(said)) or "nobody"

    return f"{names(stale)} → {names(added)} from {on}"
