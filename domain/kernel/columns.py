"""Columns of records that Tortoise would bend on the way."""

from decimal import Decimal
from typing import Literal, TypeVar, overload

from tortoise import fields

Number = TypeVar("Number", Decimal, Decimal | None)


class DecimalField(fields.DecimalField[Number]):
    """An exact number of any size; Tortoise's own rounds in the caller's context, which fails from 10**8 on."""

    @overload
    def __init__(self: "DecimalField[Decimal]", *, null: Literal[False] = False) -> None: ...

    @overload
    def __init__(self: "DecimalField[Decimal | None]", *, null: Literal[True]) -> None: ...

    def __init__(self, *, null: bool = False) -> None:
        super().__init__(max_digits=40, decimal_places=20, null=null)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue] - Tortoise declares no open type

    def to_python_value(self, value: object) -> Decimal | None:
        """The number as it is."""
        return value if value is None or isinstance(value, Decimal) else Decimal(str(value))
