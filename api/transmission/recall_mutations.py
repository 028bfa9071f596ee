"""What can be done about recall in the schema: ask, say what comes to mind, mark what was meant."""

from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, answer_own, row_id
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem
from api.transmission.recall import RecallQuestion, RecallRound
from domain.kernel.errors import DomainError
from domain.kernel.errors import InvalidInput as Invalid
from domain.transmission.recall import errors, service, service_answering
from domain.transmission.recall.rules import WORDS_MAX
from domain.transmission.recall.terms import Mark, NewRound, RecallAbout

KEY = "Names this very request: repeated, it is answered as the first time and changes nothing more."


@strawberry.type(description="The round is over.")
class RecallOver(Problem):
    pass


@strawberry.type(description="You said other words before, and they stand since the priorities were shown.")
class RecallSaid(Problem):
    pass


@strawberry.type(description="Words come first, marks after.")
class RecallUnsaid(Problem):
    pass


@strawberry.type(description="You have answered the question, with other marks.")
class RecallAnswered(Problem):
    pass


@strawberry.type(description="Nobody works there who was not asked this quarter.")
class NobodyToAsk(Problem):
    pass


@strawberry.type(description="The strategy that holds for the unit has fewer priorities than are asked for.")
class NoPriorities(Problem):
    pass


_PROBLEMS: dict[type[DomainError], type[Problem]] = {
    errors.RecallOver: RecallOver,
    errors.RecallSaid: RecallSaid,
    errors.RecallUnsaid: RecallUnsaid,
    errors.RecallAnswered: RecallAnswered,
    errors.NobodyToAsk: NobodyToAsk,
    errors.NoPriorities: NoPriorities,
}
for _error, _problem in _PROBLEMS.items():
    problem.register(_error, _problem)


@strawberry.input(description="A round of recall to be opened.")
class AskRecallInput:
    unit: strawberry.ID = strawberry.field(description="Whose people are asked, with those of all units below it.")
    cycle: strawberry.ID = strawberry.field(description="The cycle to which it belongs.")
    about: RecallAbout = strawberry.field(
        default=RecallAbout.OBJECTIVES, description="Which priorities of the strategy are asked for."
    )
    k: int = strawberry.field(default=3, description="How many of the weightiest count, 1 to 5.")
    days: int = strawberry.field(default=14, description="For how many days it can be answered, 1 to 31.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What comes to your mind when you are asked what the strategy wants.")
class AnswerRecallInput:
    question: strawberry.ID = strawberry.field(description="The id of your question.")
    words: list[str] = strawberry.field(
        description="At most five words or phrases of at most 80 characters, in any language; none if nothing came to "
        "your mind, and then it is answered."
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="By this word I meant that priority.")
class RecallMarkInput:
    word: int = strawberry.field(description="The place of the word among yours, from 1; each at most once.")
    priority: strawberry.ID = strawberry.field(description="The id of the priority; each at most once.")


@strawberry.input(description="What you meant by your words.")
class MarkRecallInput:
    question: strawberry.ID = strawberry.field(description="The id of your question.")
    marks: list[RecallMarkInput] = strawberry.field(
        description="At most as many as you said words; none if you meant none of the priorities."
    )
    idempotency_key: str = strawberry.field(description=KEY)


AskRecallResult = Annotated[
    RecallRound | NotFound | NotPermitted | NobodyToAsk | NoPriorities | InvalidInput | KeyReused,
    strawberry.union("AskRecallResult", description="The round, or why it was not opened."),
]
AnswerRecallResult = Annotated[
    RecallQuestion | NotFound | RecallOver | RecallSaid | InvalidInput | KeyReused,
    strawberry.union("AnswerRecallResult", description="Your question with its priorities, or why it was not taken."),
]
MarkRecallResult = Annotated[
    RecallQuestion | NotFound | RecallOver | RecallUnsaid | RecallAnswered | InvalidInput | KeyReused,
    strawberry.union("MarkRecallResult", description="Your answer, or why it was not taken."),
]


@strawberry.type
class RecallMutations:
    @strawberry.mutation(
        description="Ask the people of a unit and of all units below it what their strategy wants; for the strategy "
        "office. Who was asked this quarter is left out."
    )
    async def ask_recall(self, info: Info, input: AskRecallInput) -> AskRecallResult:
        found = await answer(
            info, "RecallRound", lambda: service.ask(actor(info), _round(input), key=input.idempotency_key)
        )
        return cast("AskRecallResult", found)

    @strawberry.mutation(
        description="First say in your own words what you remember. From then on your words stand, and the priorities "
        "are shown to you. Sent again with the same words, it changes nothing."
    )
    async def answer_recall(self, info: Info, input: AnswerRecallInput) -> AnswerRecallResult:
        found = await answer_own(
            info,
            "RecallQuestion",
            lambda: service_answering.say(
                actor(info), row_id("rcq", input.question), input.words, key=input.idempotency_key
            ),
        )
        return cast("AnswerRecallResult", found)

    @strawberry.mutation(
        description="Then mark which priorities you meant by your words: that finishes your answer. Sent again with "
        "the same marks, it changes nothing."
    )
    async def mark_recall(self, info: Info, input: MarkRecallInput) -> MarkRecallResult:
        found = await answer_own(
            info,
            "RecallQuestion",
            lambda: service_answering.mark(
                actor(info), row_id("rcq", input.question), _marks(input.marks), key=input.idempotency_key
            ),
        )
        return cast("MarkRecallResult", found)


def _round(given: AskRecallInput) -> NewRound:
    return NewRound(
        unit_id=row_id("unt", given.unit),
        cycle_id=row_id("cyc", given.cycle),
        about=given.about,
        k=given.k,
        days=given.days,
    )


def _marks(given: list[RecallMarkInput]) -> list[Mark]:
    if len(given) > WORDS_MAX:
        raise Invalid(f"Mark at most {WORDS_MAX}.", field="marks")
    return [Mark(one.word, row_id("rcp", one.priority)) for one in given]
