"""The built app in a real browser, on the real server."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mobile import build
from tests.furnish import PASSWORD, Team
from tests.mobile import cascades, goals, scorecards, strategies
from tests.mobile.cascades import Line, Thrown
from tests.mobile.phone import Account, Caller, NewPhone, Phone
from tests.mobile.scorecards import Cards
from tests.mobile.strategies import Published
from tests.running import Product

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The system's browser, as `.ci/browser.py` finds or installs it."""
    found = next(path for name in BROWSERS if (path := shutil.which(name)))
    return {**browser_type_launch_args, "executable_path": found, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder of the app's packages; the first worker that asks installs them, the others wait."""
    with (build.MOBILE / "package.json").open("rb") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        build.install()
    return build.INSTALLED.parent


@pytest.fixture(scope="session")
def axe(packages: Path) -> str:
    """The checker's source."""
    return (packages / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture
def employee(team: Team) -> Account:
    """She writes goals."""
    return Account(login=team.login("employee"), password=PASSWORD, name="Lin Mei")


@pytest.fixture
def manager(team: Team) -> Account:
    """He decides on them."""
    return Account(login=team.login("manager"), password=PASSWORD, name="Wang Qiang")


@pytest.fixture
def new_phone(browser: Browser, app_url: str) -> Iterator[NewPhone]:
    """Makes phones of this test; none of them may have complained at its end."""
    phones: list[Phone] = []

    def make(**looks: str) -> Phone:
        phones.append(Phone(browser, app_url, **looks))
        return phones[-1]

    yield make
    for phone in phones:
        phone.close()
    assert [complaint for phone in phones for complaint in phone.complaints] == []


@pytest.fixture
def caller(app_url: str) -> Iterator[Callable[[Account], Caller]]:
    """The same people at other devices."""
    callers: list[Caller] = []

    def make(account: Account) -> Caller:
        callers.append(Caller(app_url, account))
        return callers[-1]

    yield make
    for one in callers:
        one.close()


@pytest.fixture
def active_goal(caller: Callable[[Account], Caller], employee: Account, manager: Account) -> str:
    """The address of a goal of the employee that was approved."""
    goal = goals.submit(caller(employee), "Be on time")
    return f"/goals/{goals.approve(caller(manager), goal).id}"


@pytest.fixture
def cards(product: Product, team: Team) -> Cards:
    """What the units of the team are measured by."""
    return scorecards.keep(product, team)


@pytest.fixture
def strategy(product: Product, team: Team) -> Published:
    """The map of the group above the team."""
    return strategies.publish(product, team)


@pytest.fixture
def serving_goal(
    product: Product,
    team: Team,
    strategy: Published,
    *,
    caller: Callable[[Account], Caller],
    employee: Account,
    manager: Account,
) -> str:
    """A promised goal of the employee that inherits the intent of TRUST."""
    goal = goals.approve(caller(manager), goals.submit(caller(employee), "Be on time")).id
    strategies.serve(product, team, goal, strategy.aims["TRUST"])
    return goal


@pytest.fixture
def thrown(product: Product, team: Team) -> Thrown:
    """A target of the manager's that was thrown down: thirty flights for the employee, fifty for the peer."""
    return cascades.throw(product, team)


@pytest.fixture
def line(product: Product, team: Team, thrown: Thrown) -> Line:
    """Three promised goals, one above the other, and two drafts beside them."""
    return cascades.carry(product, team, thrown)
