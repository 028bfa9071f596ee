"""Whatever is unread for somebody is shown to them by the worker."""

from api import worker
from domain.kernel import relay


def test_the_worker_knows_every_reader_and_each_once() -> None:
    assert worker.READERS.keys() | worker.SET_READERS.keys() == relay.READERS.keys()
    assert worker.READERS.keys().isdisjoint(worker.SET_READERS)
