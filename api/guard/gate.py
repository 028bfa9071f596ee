"""The checks that every transport shares: which document, whether this caller may send it, what it costs."""

from dataclasses import dataclass

from graphql import OperationType

from api.guard.bucket import Charge, Meter
from api.guard.callers import Caller
from api.guard.documents import Document, Documents, hash_text
from api.guard.operations import Prepared
from api.guard.parameters import Parameters
from api.guard.refusal import Refusal, entry, malformed
from api.guard.trusted import TrustedDocuments, not_found


@dataclass(frozen=True, slots=True)
class Gate:
    """Turns the parameters of a request into an operation that may run."""

    documents: Documents
    trusted: TrustedDocuments
    meter: Meter

    def prepare(self, parameters: Parameters, caller: Caller) -> Prepared:
        """The operation with its variables; raises Refusal."""
        document = self._find(parameters, caller)
        operation = document.choose(parameters.operation_name)
        if operation.introspects and document.trusted_id is None and not caller.may_introspect:
            raise Refusal(
                [entry("INTROSPECTION_NOT_ALLOWED", "The schema is published as schema.graphql.")],
                status=403,
                legacy_status=200,
            )
        return document.prepare(operation, parameters.variables, cost_max=self.documents.limits.cost)

    def _find(self, parameters: Parameters, caller: Caller) -> Document:
        if parameters.document_id is not None:
            return self.trusted.find(parameters.document_id)
        if parameters.persisted_hash is not None:
            return self._find_persisted(parameters, caller, parameters.persisted_hash)
        assert parameters.query is not None, "parameters are checked to name a document"
        return self._open(parameters.query, caller)

    def _find_persisted(self, parameters: Parameters, caller: Caller, persisted_hash: str) -> Document:
        document = self.trusted.find_persisted(persisted_hash)
        if document is not None:
            return document
        if parameters.query is None:
            raise not_found("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        if hash_text(parameters.query) != persisted_hash:
            raise malformed("The hash in persistedQuery is not that of the query.")
        return self._open(parameters.query, caller)

    def _open(self, text: str, caller: Caller) -> Document:
        if caller.may_send_free_documents:
            return self.documents.open(text)
        trusted = self.trusted.find_persisted(hash_text(text))
        if trusted is not None:
            return trusted
        message = "Send the id of a trusted document: this caller may not send texts."
        raise Refusal([entry("TRUSTED_DOCUMENT_REQUIRED", message)], status=403, legacy_status=200)

    async def admit(self, prepared: Prepared, caller: Caller, *, address: str) -> Charge:
        """Reserves the cost; raises Refusal with THROTTLED when the caller has spent too much."""
        charge = await self.meter.charge(caller.client_key or f"address:{address}", prepared.cost, caller.budget)
        if charge.is_admitted:
            return charge
        raise Refusal(
            [throttled(prepared, charge)],
            status=429,
            legacy_status=200,
            headers={"Retry-After": str(-(-charge.retry_after_ms // 1000))},
        )

    async def settle(self, prepared: Prepared, caller: Caller, *, address: str, actual_cost: int) -> None:
        """Gives back what the operation did not use after all."""
        unused = prepared.cost - actual_cost
        if unused > 0:
            await self.meter.charge(caller.client_key or f"address:{address}", -unused, caller.budget)


def throttled(prepared: Prepared, charge: Charge) -> dict[str, object]:
    """The error that tells a client when to come again."""
    return entry(
        "THROTTLED",
        "Too many requests for now. Wait, then try again.",
        retryAfterMs=charge.retry_after_ms,
        requestedCost=prepared.cost,
        available=charge.available,
    )


def describe_cost(prepared: Prepared, caller: Caller, charge: Charge, *, actual_cost: int) -> dict[str, object]:
    """`extensions.cost`, in points."""
    return {
        "requestedQueryCost": prepared.cost,
        "actualQueryCost": actual_cost,
        "throttleStatus": {
            "maximumAvailable": caller.budget.points_max,
            "currentlyAvailable": charge.available,
            "restoreRate": caller.budget.points_per_second,
        },
    }


def is_subscription(prepared: Prepared) -> bool:
    """Whether the operation opens a stream."""
    return prepared.operation.operation is OperationType.SUBSCRIPTION


def is_query(prepared: Prepared) -> bool:
    """Whether the operation only reads."""
    return prepared.operation.operation is OperationType.QUERY
