"""What can be done about words that should not stand, in the schema."""

from typing import Annotated, cast

import strawberry
from strawberry import Info

from api.feedback.mutations import MessageGone, MessageHidden
from api.feedback.reports import AlreadyReported, FeedbackReport, ReportMessageInput, ReportSettled, SettleReportInput
from api.mutating import actor, answer, row_id
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted
from domain.feedback import service_reports

ReportMessageResult = Annotated[
    FeedbackReport | NotFound | NotPermitted | MessageGone | MessageHidden | AlreadyReported | InvalidInput | KeyReused,
    strawberry.union("ReportMessageResult", description="The report, or why there is none."),
]
SettleReportResult = Annotated[
    FeedbackReport | NotFound | NotPermitted | ReportSettled | InvalidInput | KeyReused,
    strawberry.union("SettleReportResult", description="The report as it is settled, or why it is not."),
]


@strawberry.type
class ReportMutations:
    @strawberry.mutation(description="Report words of somebody else that should not stand.")
    async def report_message(self, info: Info, input: ReportMessageInput) -> ReportMessageResult:
        found = await answer(
            info,
            "FeedbackReport",
            lambda: service_reports.report(
                actor(info), row_id("fbm", input.message), input.reason, key=input.idempotency_key
            ),
        )
        return cast("ReportMessageResult", found)

    @strawberry.mutation(
        description="Hide reported words, or leave them, with a reason; for the HR partner of the unit and the "
        "strategy office, but not for who wrote or reported them."
    )
    async def settle_report(self, info: Info, input: SettleReportInput) -> SettleReportResult:
        found = await answer(
            info,
            "FeedbackReport",
            lambda: service_reports.settle(
                actor(info),
                row_id("fbp", input.report),
                hides=input.hide,
                answer=input.answer,
                key=input.idempotency_key,
            ),
        )
        return cast("SettleReportResult", found)
