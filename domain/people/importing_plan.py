"""What has to be done so that the organisation becomes as the file says: the plan of an import."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from domain.people import importing_people, importing_steps, rules
from domain.people.importing import Problem, Row
from domain.people.importing_checks import leavers, wanted_managers
from domain.people.importing_present import Present, PresentUnit
from domain.people.importing_steps import PersonStep
from domain.people.importing_wishes import Wishes
from domain.people.rules import Change
from domain.people.terms import EnterpriseForm, Job, Line, Term

FOREVER = date.max
MakeId = Callable[[], UUID]


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the diff: what kind of change, of which code, in words."""

    kind: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class UnitStep:
    """A new unit, or with no `kind` an old one that changes."""

    id: UUID
    code: str
    kind: str | None
    change: Change[Term]


@dataclass(frozen=True, slots=True)
class PositionStep:
    """A position as it shall be."""

    id: UUID
    code: str
    title: str
    title_zh: str | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class LeaverStep:
    """Somebody whom the file does not name, and what ends."""

    id: UUID
    code: str
    jobs: Change[Job]
    lines: Change[Line]


@dataclass(slots=True)
class Plan:
    """Units with parents first, persons with managers first."""

    effective_on: date
    units: list[UnitStep] = field(default_factory=list[UnitStep])
    positions: list[PositionStep] = field(default_factory=list[PositionStep])
    persons: list[PersonStep] = field(default_factory=list[PersonStep])
    leavers: list[LeaverStep] = field(default_factory=list[LeaverStep])
    absent: list[str] = field(default_factory=list[str])
    differences: list[Difference] = field(default_factory=list[Difference])
    problems: list[Problem] = field(default_factory=list[Problem])

    @property
    def is_empty(self) -> bool:
        """Whether everything is as the file says already."""
        return not (self.units or self.positions or self.persons or self.leavers)


def plan(wishes: Wishes, present: Present, *, make_id: MakeId) -> Plan:
    """The plan for a file without problems; what a single person's dates forbid is found here and reported."""
    made = Plan(present.effective_on)
    unit_ids = _plan_units(wishes, present, made, make_id=make_id)
    position_ids = _plan_positions(wishes, present, made, make_id=make_id)
    people = importing_steps.People(wishes, present, unit_ids, _unit_first_days(present, made), position_ids, make_id)
    for code in _managers_first(wishes, present):
        try:
            step, words = importing_people.step(people, code)
        except rules.DomainError as error:
            made.problems.append(_refused(wishes.persons[code].row, error))
            continue
        if step is not None:
            made.persons.append(step)
            made.differences += [Difference(kind, code, text) for kind, text in words]
    made.absent = leavers(wishes, present)
    return made


def _refused(row: Row, error: rules.DomainError) -> Problem:
    hint = error.help or "Correct the dates or shares of this person."
    return Problem(row=row.number, column="valid_from", code=error.code, message=error.message, help=hint)


def _managers_first(wishes: Wishes, present: Present) -> list[str]:
    """Codes of the file in an order in which everybody comes after all of their managers."""
    code_of = {person.id: code for code, person in present.persons.items()}
    uppers = {code: wanted_managers(code, wishes, present, code_of=code_of) for code in wishes.persons}
    return _uppers_first(uppers)


def _uppers_first(uppers: Mapping[str, Sequence[str]]) -> list[str]:
    """Keys in an order in which each comes after those of its uppers that are keys; there is no circle."""
    order: dict[str, None] = {}
    for start in uppers:
        trail = [start]
        while trail:
            waiting = [upper for upper in uppers[trail[-1]] if upper in uppers and upper not in order]
            if waiting:
                trail += waiting
            else:
                order.setdefault(trail.pop())
    return list(order)


def _plan_units(wishes: Wishes, present: Present, made: Plan, *, make_id: MakeId) -> dict[str, UUID]:
    ids = {code: unit.id for code, unit in present.units.items()}
    firsts = _first_days(wishes, present)
    forms = {code: unit.terms[-1].form for code, unit in present.units.items() if unit.terms}
    for code in _uppers_first({code: [row.parent_unit_code] for code, row in wishes.units.items()}):
        row, known = wishes.units[code], present.units.get(code)
        parent_id = ids[row.parent_unit_code] if row.parent_unit_code else None
        if known is None:
            ids[code] = make_id()
            forms[code] = row.form or forms.get(row.parent_unit_code, EnterpriseForm.HOLDING.value)
            term = Term(
                id=make_id(),
                unit_id=ids[code],
                parent_id=parent_id,
                name=row.unit_name,
                name_zh=row.unit_name_zh or None,
                form=forms[code],
                valid_from=firsts[code],
                valid_to=FOREVER,
            )
            made.units.append(UnitStep(ids[code], code, row.unit_kind, Change(added=(term,))))
            below = f" under {row.parent_unit_code}" if row.parent_unit_code else ""
            made.differences.append(Difference("unit added", code, f"{row.unit_name}{below} from {firsts[code]}"))
        else:
            _change_unit(code, row, known, parent_id, made=made, make_id=make_id)
    return ids


def _unit_first_days(present: Present, made: Plan) -> dict[UUID, date]:
    first = {unit.id: unit.terms[0].valid_from for unit in present.units.values() if unit.terms}
    return first | {unit.id: unit.change.added[0].valid_from for unit in made.units if unit.kind}


def _first_days(wishes: Wishes, present: Present) -> dict[str, date]:
    """The day from which each new unit is needed by those who work in it or below it, at the latest the import's."""
    needed: dict[str, date] = {}
    for wish in wishes.persons.values():
        for job in wish.jobs:
            since = min(job.since or present.effective_on, present.effective_on)
            needed[job.unit_code] = min(needed.get(job.unit_code, since), since)
    order = _uppers_first({code: [row.parent_unit_code] for code, row in wishes.units.items()})
    for code in reversed(order):
        since = needed.setdefault(code, present.effective_on)
        parent = wishes.units[code].parent_unit_code
        if parent:
            needed[parent] = min(needed.get(parent, since), since)
    for code in order:
        parent = wishes.units[code].parent_unit_code
        if parent in present.units and present.units[parent].terms:
            needed[parent] = present.units[parent].terms[0].valid_from
        if parent:
            needed[code] = max(needed[code], needed[parent])
    return needed


def _change_unit(
    code: str, row: Row, known: PresentUnit, parent_id: UUID | None, *, made: Plan, make_id: MakeId
) -> None:
    on = made.effective_on
    old = rules.holding(known.terms, on)[0]
    new = replace(
        old,
        id=make_id(),
        parent_id=parent_id or old.parent_id,
        name=row.unit_name or old.name,
        name_zh=row.unit_name_zh or old.name_zh,
        form=row.form or old.form,
        valid_from=on,
    )
    if (old.parent_id, old.name, old.name_zh, old.form) == (new.parent_id, new.name, new.name_zh, new.form):
        return
    made.units.append(UnitStep(known.id, code, None, rules.replace(old, new, today=on)))
    if new.parent_id != old.parent_id:
        made.differences.append(Difference("unit moved", code, f"under {row.parent_unit_code} from {on}"))
    if (old.name, old.name_zh, old.form) != (new.name, new.name_zh, new.form):
        made.differences.append(Difference("unit renamed", code, f"{old.name} → {new.name}, {new.form} from {on}"))


def _plan_positions(wishes: Wishes, present: Present, made: Plan, *, make_id: MakeId) -> dict[str, UUID]:
    ids = {code: position.id for code, position in present.positions.items()}
    for code, row in wishes.positions.items():
        known = present.positions.get(code)
        title = row.position_title or (known.title if known else code)
        title_zh = row.position_title_zh or (known.title_zh if known else None)
        if known is None:
            ids[code] = make_id()
            made.differences.append(Difference("position added", code, title))
        elif (known.title, known.title_zh) == (title, title_zh):
            continue
        else:
            made.differences.append(Difference("position renamed", code, f"{known.title} → {title}"))
        made.positions.append(PositionStep(ids[code], code, title, title_zh, known is None))
    return ids


def end_absent(made: Plan, present: Present) -> None:
    """Add to the plan that everybody whom the file does not name is not employed from the day of the import on."""
    on = made.effective_on
    gone = {present.persons[code].id for code in made.absent}
    for code in made.absent:
        person = present.persons[code]
        made.leavers.append(
            LeaverStep(person.id, code, rules.end_from(person.jobs, on), rules.end_from(person.lines, on))
        )
        made.differences.append(Difference("person leaves", code, f"{person.name}, first day without work {on}"))
    steps = {step.id: at for at, step in enumerate(made.persons)}
    for code, person in present.persons.items():
        to_gone = [line for line in person.lines if line.manager_id in gone and line.valid_to > on]
        if person.id not in gone and to_gone:
            at = steps.get(person.id)
            step = (
                made.persons[at]
                if at is not None
                else PersonStep(id=person.id, code=code, jobs=Change(), lines=Change())
            )
            freed = replace(step, lines=rules.merged([step.lines, rules.end_from(to_gone, on)]))
            if at is None:
                made.persons.append(freed)
            else:
                made.persons[at] = freed
