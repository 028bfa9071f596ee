"""Whatever is unread for somebody is shown to them by the worker."""

import importlib
import pkgutil

import domain
from api import worker
from domain.kernel import relay
from domain.kernel.events import Event


def test_the_worker_knows_every_reader_and_each_once() -> None:
    assert worker.READERS.keys() | worker.SET_READERS.keys() == relay.READERS.keys()
    assert worker.READERS.keys().isdisjoint(worker.SET_READERS)


def kinds(event: type[Event] = Event) -> set[str]:
    """The names of all facts."""
    return {event.__name__}.union(*map(kinds, event.__subclasses__()))


def test_every_fact_that_concerns_somebody_is_shown_by_somebody() -> None:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        if ".events" in module.name:
            importlib.import_module(module.name)

    found = kinds()

    assert found >= {"CheckedIn", "SettingsChanged", "ApprovalsDelegated", "ReportingLineChanged"}
    assert [kind for kind in found if not relay.listeners(kind, concerns_persons=True)] == []
    assert frozenset[str]().union(*relay.READERS.values()) <= found
