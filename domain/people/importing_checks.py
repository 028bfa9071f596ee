"""What is wrong with a file as a whole: unknown codes, circles, shares, logins, sizes of units."""

from collections.abc import Iterator
from uuid import UUID

from domain.kernel.errors import DomainError
from domain.people import closure, rules
from domain.people.importing import Problem, Row
from domain.people.importing_present import Present
from domain.people.importing_wishes import Wishes
from domain.people.terms import LineKind


def check(wishes: Wishes, present: Present) -> list[Problem]:
    """All problems, in the order of the rows."""
    found = [
        *_units(wishes, present),
        *_unit_circle(wishes, present),
        *_persons(wishes, present),
        *_line_circle(wishes, present),
        *_logins(wishes, present),
    ]
    return sorted(found, key=lambda problem: (problem.row, problem.column))


def leavers(wishes: Wishes, present: Present) -> list[str]:
    """Codes of persons who are employed, but whom the file does not name."""
    return [
        code
        for code, person in present.persons.items()
        if code not in wishes.persons and person.works(present.effective_on)
    ]


def check_ending(wishes: Wishes, present: Present) -> list[Problem]:
    """What would stand against ending everybody whom the file does not name."""
    missing = {"person_code", "manager_code", "dotted_manager_codes"} - wishes.columns
    gone = set(leavers(wishes, present))
    found = [
        Problem(
            row=1,
            column=column,
            code="column_missing",
            message=f"To end who is absent, the file needs the column {column}.",
            help="Add the column, or import without ending anybody.",
        )
        for column in sorted(missing)
    ]
    for wish in wishes.persons.values():
        for column, manager in _managers(wish.row):
            if manager in gone:
                message = f"{manager} is absent from the file and would be ended."
                found.append(_problem(wish.row, column, "manager_leaves", message, help="Name another manager."))
    return found


def _problem(row: Row, column: str, code: str, message: str, *, help: str) -> Problem:
    return Problem(row=row.number, column=column, code=code, message=message, help=help)


def kind_of(code: str, wishes: Wishes, present: Present) -> str:
    """The kind of a unit that exists or is wished for; empty when neither says it."""
    if code in present.units:
        return present.units[code].kind
    return wishes.units[code].unit_kind if code in wishes.units else ""


def _units(wishes: Wishes, present: Present) -> Iterator[Problem]:
    for code, row in wishes.units.items():
        known = present.units.get(code)
        if known is None and not (row.unit_name and row.unit_kind):
            column = "unit_kind" if row.unit_name else "unit_name"
            hint = "Give unit_name and unit_kind in one of its rows, or correct the code."
            yield _problem(row, column, "unit_unknown", f"There is no unit {code} yet.", help=hint)
        elif known is not None and row.unit_kind and row.unit_kind != known.kind:
            message = f"The unit {code} is a {known.kind}, not a {row.unit_kind}."
            yield _problem(row, "unit_kind", "unit_kind_fixed", message, help="Give a new unit its own code.")
        elif known is not None and not rules.holding(known.terms, present.effective_on):
            message = f"The unit {code} does not exist on {present.effective_on}."
            yield _problem(row, "unit_code", "unit_not_standing", message, help="Choose another unit.")
        else:
            yield from _parent(code, row, wishes, present)


def _parent(code: str, row: Row, wishes: Wishes, present: Present) -> Iterator[Problem]:
    parent = row.parent_unit_code
    if parent and parent not in wishes.units and parent not in present.units:
        hint = "Add a row for it with a blank person_code, or correct the code."
        yield _problem(row, "parent_unit_code", "parent_unknown", f"There is no unit {parent}.", help=hint)
        return
    if not parent and code in present.units:
        return
    above = kind_of(parent, wishes, present) if parent else None
    if above == "":
        return
    try:
        rules.check_kind(kind_of(code, wishes, present), above)
    except DomainError as error:
        yield _problem(row, "parent_unit_code", "unit_size", error.message, help="Choose a parent that is not smaller.")


def _unit_circle(wishes: Wishes, present: Present) -> Iterator[Problem]:
    code_of = {unit.id: code for code, unit in present.units.items()}
    uppers: dict[str, list[str]] = {}
    for code, unit in present.units.items():
        uppers[code] = [code_of[t.parent_id] for t in rules.holding(unit.terms, present.effective_on) if t.parent_id]
    for code, row in wishes.units.items():
        if row.parent_unit_code:
            uppers[code] = [row.parent_unit_code]
    found = closure.cycle(uppers)
    if found:
        row = min((wishes.units[code] for code in found if code in wishes.units), key=lambda row: row.number)
        message = f"The units would stand in a circle: {' → '.join(found)}."
        yield _problem(row, "parent_unit_code", "cycle_refused", message, help="Correct one of the parents.")


def _persons(wishes: Wishes, present: Present) -> Iterator[Problem]:
    for code, wish in wishes.persons.items():
        row, known = wish.row, present.persons.get(code)
        if known is None and not row.name:
            message = f"{code} is not known yet and has no name."
            yield _problem(row, "name", "name_missing", message, help="Give the name, or correct the code.")
        yield from _unknown_managers(row, wishes, present)


def _managers(row: Row) -> list[tuple[str, str]]:
    """(column, code) of all managers that a row names."""
    line = [("manager_code", row.manager_code)] if row.manager_code else []
    return line + [("dotted_manager_codes", code) for code in row.dotted_manager_codes]


def _unknown_managers(row: Row, wishes: Wishes, present: Present) -> Iterator[Problem]:
    for column, manager in _managers(row):
        known = present.persons.get(manager)
        if manager == row.person_code:
            yield _problem(row, column, "own_manager", f"{manager} is named as own manager.", help="Name another one.")
        elif manager not in wishes.persons and (known is None or not known.works(present.effective_on)):
            hint = "Add a row for the manager, or correct the code."
            yield _problem(row, column, "manager_unknown", f"Nobody has the code {manager}.", help=hint)
    if row.manager_code and row.manager_code in row.dotted_manager_codes:
        message = f"{row.manager_code} is line manager and dotted manager at once."
        yield _problem(row, "dotted_manager_codes", "manager_twice", message, help="Name the code in one column only.")


def _line_circle(wishes: Wishes, present: Present) -> Iterator[Problem]:
    code_of = {person.id: code for code, person in present.persons.items()}
    uppers = {
        code: [manager for manager in wanted_managers(code, wishes, present, code_of=code_of) if manager != code]
        for code in (*present.persons, *wishes.persons)
    }
    found = closure.cycle(uppers)
    if found:
        row = min((wishes.persons[code].row for code in found if code in wishes.persons), key=lambda row: row.number)
        message = f"The lines would form a circle: {' → '.join(found)}."
        yield _problem(row, "manager_code", "cycle_refused", message, help="Correct one of the managers.")


def wanted_managers(code: str, wishes: Wishes, present: Present, *, code_of: dict[UUID, str]) -> list[str]:
    """Codes of everybody a person will answer to: what the file says, else what is."""
    wish, known = wishes.persons.get(code), present.persons.get(code)
    wanted: list[str] = []
    for kind, column in ((LineKind.LINE, "manager_code"), (LineKind.DOTTED, "dotted_manager_codes")):
        if wish is not None and column in wishes.columns:
            wanted += [manager for named, manager in _managers(wish.row) if named == column]
        elif known is not None:
            held = rules.holding(known.lines, present.effective_on)
            wanted += [code_of[line.manager_id] for line in held if line.kind is kind]
    return wanted


def _logins(wishes: Wishes, present: Present) -> Iterator[Problem]:
    first_rows: dict[str, int] = {}
    for code, wish in wishes.persons.items():
        login = wish.row.login.lower()
        if not login:
            continue
        known = present.persons.get(code)
        before = first_rows.setdefault(login, wish.row.number)
        if before != wish.row.number:
            message = f"Row {before} has the login {login} already."
            yield _problem(wish.row, "login", "login_twice", message, help="Give each person a login of their own.")
        elif login in present.taken_logins and (known is None or known.login != login):
            message = f"Somebody else signs in as {login}."
            yield _problem(wish.row, "login", "login_taken", message, help="Choose another login.")
