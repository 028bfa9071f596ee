"""What has to be done for one person of a file: new, renamed, moved, under other managers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.people import importing_lines, rules
from domain.people.importing import Row
from domain.people.importing_present import PresentPerson, start_of
from domain.people.importing_steps import FOREVER, Naming, People, PersonStep, Words
from domain.people.importing_wishes import PersonWish
from domain.people.rules import Change
from domain.people.terms import Job, Locale


def step(people: People, code: str) -> tuple[PersonStep | None, Words]:
    """The step and its words, None when all is as the file says; the managers' steps were asked for before."""
    wish, known = people.wishes.persons[code], people.present.persons.get(code)
    person_id = people.person_ids.setdefault(code, people.make_id())
    people.code_of[person_id] = code
    words: Words = []
    naming = _naming(wish.row, known, people.wishes.columns)
    jobs = _jobs(people, wish, known, person_id=person_id, words=words)
    held = known.jobs if known else []
    _check_jobs(people, held, jobs)
    if jobs.added:
        earliest = min(job.valid_from for job in jobs.added)
        people.first_days[person_id] = min(people.first_days.get(person_id, earliest), earliest)
    lines, new_manager = importing_lines.change(people, wish, known, person_id=person_id, words=words)
    if known is None:
        words = [("person added", _added(wish))]
    elif naming is not None:
        words.insert(0, ("person renamed", f"{known.name} → {naming.name}"))
    login = wish.row.login.lower() if wish.row.login and not (known and known.login) else None
    if login and known:
        words.append(("login added", login))
    made = PersonStep(
        id=person_id,
        code=code,
        is_new=known is None,
        naming=naming,
        jobs=jobs,
        lines=lines,
        login=login,
        new_manager=new_manager if known and held else None,
    )
    is_needed = made.is_new or naming or login or jobs != Change() or lines != Change()
    return (made, words) if is_needed else (None, [])


def _added(wish: PersonWish) -> str:
    places = ", ".join(f"{job.unit_code} as {job.position_code} {job.share} %" for job in wish.jobs)
    manager = f", under {wish.row.manager_code}" if wish.row.manager_code else ""
    return f"{wish.row.name}: {places}{manager}"


def _naming(row: Row, known: PresentPerson | None, columns: frozenset[str]) -> Naming | None:
    if known is None:
        return Naming(
            name=row.name,
            name_zh=row.name_zh or None,
            email=row.email or None,
            locale=row.locale or Locale.ENGLISH,
            zone=row.zone or None,
        )
    is_named = Naming(name=known.name, name_zh=known.name_zh, email=known.email, locale=known.locale, zone=known.zone)
    wanted = Naming(
        name=row.name or known.name,
        name_zh=(row.name_zh or None) if "name_zh" in columns else known.name_zh,
        email=(row.email or None) if "email" in columns else known.email,
        locale=row.locale or known.locale,
        zone=row.zone or known.zone,
    )
    return None if wanted == is_named else wanted


def _check_jobs(people: People, held: Sequence[Job], change: Change[Job]) -> None:
    rules.check_jobs(rules.after(held, change))
    for job in change.added:
        first = people.unit_first_days[job.unit_id]
        if job.valid_from < first:
            message = f"The unit {people.code_of[job.unit_id]} exists only from {first} on."
            raise rules.StillNeeded(message, help=f"Choose {first} or a later date.")


def _jobs(
    people: People, wish: PersonWish, known: PresentPerson | None, *, person_id: UUID, words: Words
) -> Change[Job]:
    """Employments become those of the wish from the days that the rows name; what is planned after them stays."""
    held = _held(people, wish, known)
    left = {(job.unit_id, job.position_id): job for job in held}
    primary = next((job for job in held if job.is_primary), None)
    pairs: list[tuple[Job | None, Job | None, Job]] = []
    for at, job in enumerate(wish.jobs):
        place = people.unit_ids[job.unit_code], people.position_ids[job.position_code]
        same = left.pop(place, None)
        if same is not None and (same.share, same.is_primary) == (job.share, at == 0):
            continue
        before = same or (primary if at == 0 else None)
        start = start_of(job.since, before, people.present.effective_on)
        new = Job(
            id=people.make_id(),
            person_id=person_id,
            unit_id=place[0],
            position_id=place[1],
            share=job.share,
            is_primary=at == 0,
            valid_from=start,
            valid_to=before.valid_to if before else _open_end(known, start),
        )
        pairs.append((same, before, new))
    return _job_change(people, pairs, left.values(), is_there=bool(held), words=words)


def _job_change(
    people: People,
    pairs: Sequence[tuple[Job | None, Job | None, Job]],
    left: Iterable[Job],
    *,
    is_there: bool,
    words: Words,
) -> Change[Job]:
    """Who works here already changes everything on one day, the latest; who is new begins each job on its own."""
    effective_on = people.present.effective_on
    together = max((new.valid_from for _, _, new in pairs), default=effective_on)
    changes: list[Change[Job]] = []
    for same, before, job in pairs:
        new = replace(job, valid_from=together) if is_there else job
        words.append(("person moved", f"{_from(people, before)}{_place(people, new)} from {new.valid_from}"))
        changes.append(rules.replace(same, new, today=effective_on) if same else Change(added=(new,)))
    for job in left:
        changes.append(rules.end_from([job], max(together, job.valid_from)))
        if not (job.is_primary and pairs):
            words.append(("employment ends", f"{_place(people, job)} on {together}"))
    return rules.merged(changes)


def _held(people: People, wish: PersonWish, known: PresentPerson | None) -> list[Job]:
    if known is None:
        return []
    on = people.present.effective_on
    return rules.holding(known.jobs, max([on, *(job.since for job in wish.jobs if job.since)]))


def _open_end(known: PresentPerson | None, start: date) -> date:
    """Up to the next employment that is planned already."""
    return min((job.valid_from for job in known.jobs if job.valid_from > start), default=FOREVER) if known else FOREVER


def _place(people: People, job: Job) -> str:
    return f"{people.code_of[job.unit_id]} as {people.code_of[job.position_id]} {job.share} %"


def _from(people: People, job: Job | None) -> str:
    return f"{_place(people, job)} → " if job else ""
