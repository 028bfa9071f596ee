"""Decimals come in exactly as they are written, or not at all."""

from decimal import Decimal
from typing import cast

import pytest
from graphql import GraphQLScalarType, GraphQLSchema, parse, validate

from api import schema


@pytest.fixture(scope="module")
def core() -> GraphQLSchema:
    return schema.core()


def decimal(core: GraphQLSchema, value: object) -> object:
    """What the schema makes of a variable."""
    return cast("GraphQLScalarType", core.type_map["Decimal"]).parse_value(value)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("12.5", "12.5"),
        ("-0.10", "-0.10"),
        ("+7", "7"),
        (".5", "0.5"),
        ("3.", "3"),
        ("7E+1", "7E+1"),
        ("1e-3", "0.001"),
        (12, "12"),
        (-(10**18), "-1000000000000000000"),
        ("0.12345678901234567890", "0.12345678901234567890"),
        ("0E+1000000", "0"),
        ("-0.00", "0"),
    ],
)
def test_a_decimal_is_kept_digit_by_digit(core: GraphQLSchema, given: object, kept: str) -> None:
    assert str(decimal(core, given)) == str(Decimal(kept))


@pytest.mark.parametrize(
    "given",
    [
        *("", " ", "1_0", " 1", "1\n", "1 0", "١٢", "１２", "NaN", "Infinity", "-", ".", "e5", "0x1", "1,5", "1e"),
        *("1E+99999999999999999999", 12.5, 1e3, 0.1, True, None, ["1"]),
    ],
)
def test_anything_else_is_no_decimal(core: GraphQLSchema, given: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        decimal(core, given)


@pytest.mark.parametrize(
    ("literal", "errors"), [('"12.5"', 0), ("12", 0), ("12.5", 1), ("1e3", 1), ('"1_0"', 1), ("true", 1)]
)
def test_a_literal_with_a_fraction_needs_quotes(core: GraphQLSchema, literal: str, errors: int) -> None:
    text = f'mutation {{ checkIn(input: {{keyResult: "kr", value: {literal}, idempotencyKey: "k"}}) {{ __typename }} }}'

    assert len(validate(core, parse(text))) == errors
