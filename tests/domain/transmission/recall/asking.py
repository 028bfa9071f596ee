"""A company that is asked what its strategy wants, and what its people answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.kernel.ids import new_id
from domain.transmission.recall import service, service_answering
from domain.transmission.recall.terms import Mark, NewRound, RecallAbout
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import Company
from tests.domain.strategy import maps

EVERYBODY = ("Ada", "Bo", "Chen", "Dina", "Emil", "Hugo", "Sofia", "Aron", "Oskar", "Delia")


@dataclass(slots=True)
class Asked:
    """People act by name; priorities are called by the codes of their strategic objectives."""

    company: Company
    round_id: UUID

    async def question(self, name: str) -> UUID:
        found = await self.company.organisation.value(
            "select id from recall_question where round_id = $1 and person_id = $2", self.round_id, self.company[name]
        )
        return UUID(str(found))

    async def priority(self, code: str) -> UUID:
        found = await self.company.organisation.value(
            """select p.id from recall_priority p
               join strategic_objective o on o.tenant_id = p.tenant_id and o.id = p.strategic_objective_id
               where p.round_id = $1 and o.code = $2""",
            self.round_id,
            code,
        )
        return UUID(str(found))

    async def say(self, name: str, words: Sequence[str], *, key: str | None = None) -> None:
        actor, question_id = self.company.actor(name), await self.question(name)
        await service_answering.say(actor, question_id, words, key=key or str(new_id()))

    async def mark(self, name: str, codes: Sequence[str], *, key: str | None = None) -> None:
        """The first word meant the first of these, and so on."""
        actor, question_id = self.company.actor(name), await self.question(name)
        marks = [Mark(at, await self.priority(code)) for at, code in enumerate(codes, start=1)]
        await service_answering.mark(actor, question_id, marks, key=key or str(new_id()))

    async def answer(self, name: str, *codes: str) -> None:
        await self.say(name, [f"I remember {code}" for code in codes])
        if codes:
            await self.mark(name, codes)

    async def recalled(self, name: str) -> Decimal | None:
        found = await self.company.organisation.value(
            "select recalled from recall_answer where round_id = $1 and person_id = $2",
            self.round_id,
            self.company[name],
        )
        assert found is None or isinstance(found, Decimal)
        return found


def of_group(company: Company, **values: object) -> NewRound:
    """The usual round but for these values."""
    plain: dict[str, object] = {
        "unit_id": company.organisation.units["GROUP"],
        "cycle_id": company.cycle_id,
        "about": RecallAbout.OBJECTIVES,
        "k": 3,
        "days": 14,
    }
    return NewRound(**plain | values)  # type: ignore[arg-type]


async def ask(company: Company, new: NewRound | None = None, *, by: str = "Sofia") -> UUID:
    return await service.ask(company.actor(by), new or of_group(company), key=str(new_id()))


async def lay() -> Asked:
    """The clock must stand. F1 weighs 30; C1, P1 and L1 weigh 10 each, in this order on the map."""
    company = await companies.lay()
    await maps.published(company.organisation)
    return Asked(company, await ask(company))
