"""What is checked of every text, amount and currency that comes in, alike for plans, investments and assumptions."""

import re
from decimal import Decimal

from domain.kernel import numbers
from domain.kernel.errors import InvalidInput
from domain.people import rules as people

CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
TEXT_CHARACTERS_MAX = 2000
UNIT_CHARACTERS_MAX = 40
FIRST_YEAR, LAST_YEAR = 1900, 2199


def check_names(name: str, name_zh: str | None, *, path: str = "name") -> None:
    """InvalidInput unless both languages are names; Chinese may be absent."""
    people.check_name(name, field=path)
    if name_zh is not None:
        people.check_name(name_zh, field=f"{path}Zh")


def check_text(text: str, path: str) -> None:
    """InvalidInput for an empty or too long text, or one that cannot be stored."""
    if not text.strip():
        raise InvalidInput("This cannot be empty.", field=path)
    if len(text) > TEXT_CHARACTERS_MAX:
        raise InvalidInput(f"This is longer than {TEXT_CHARACTERS_MAX} characters.", field=path)
    if people.CONTROL.search(text.replace("\n", "")):
        raise InvalidInput("This holds a character that cannot be stored.", field=path)


def check_unit_of_measure(text: str, path: str) -> None:
    """InvalidInput unless it names what is counted in at most 40 characters on one line."""
    people.check_name(text, field=path)
    if len(text) > UNIT_CHARACTERS_MAX:
        raise InvalidInput(f"A unit has at most {UNIT_CHARACTERS_MAX} characters.", field=path)


def check_currency(currency: str, path: str = "currency") -> None:
    """InvalidInput unless it has the form of ISO 4217."""
    if not CURRENCY.fullmatch(currency):
        raise InvalidInput("A currency is named by three capital letters, such as CNY or EUR.", field=path)


def check_amount(amount: Decimal, path: str) -> None:
    """InvalidInput for what is no number of a sensible size and fineness."""
    if not numbers.is_storable(amount):
        raise InvalidInput("This is not a number of a sensible size, or it has more than twenty decimals.", field=path)


def check_year(year: int, path: str = "year") -> None:
    """InvalidInput for a year that no plan is made for."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput(f"A year lies between {FIRST_YEAR} and {LAST_YEAR}.", field=path)
