"""Reads answers in parts: the body by Python's own reader of mail, and what all parts come to together."""

import json
from collections.abc import Sequence
from email.message import Message
from email.parser import BytesParser
from typing import cast

Json = dict[str, object]


def read(content_type: str, body: bytes) -> list[Json]:
    """The parts of a multipart body, each of which says that it is JSON."""
    whole: Message = BytesParser().parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    assert whole.get_content_type() == "multipart/mixed"
    assert whole.defects == []
    found = cast("list[Message]", whole.get_payload())
    assert {one.get_content_type() for one in found} == {"application/json"}
    return [json.loads(cast("bytes", one.get_payload(decode=True))) for one in found]


def merged(parts: Sequence[Json]) -> Json:
    """The answer that the parts are of: data and errors. Nothing may be said twice, or have no place to go."""
    first, *following = parts
    data, errors = first["data"], [*cast("list[Json]", first.get("errors", []))]
    places: dict[str, list[object]] = {}
    announce(places, first)
    for part in following:
        assert places, "a part came after everything was complete"
        announce(places, part)
        for one in cast("list[Json]", part.get("incremental", [])):
            path = places[str(one["id"])] + cast("list[object]", one.get("subPath", []))
            add(at(data, path), cast("Json", one["data"]))
            errors += cast("list[Json]", one.get("errors", []))
        for one in cast("list[Json]", part.get("completed", [])):
            del places[str(one["id"])]
            errors += cast("list[Json]", one.get("errors", []))
    assert [part["hasNext"] for part in parts] == [True] * len(following) + [False]
    assert places == {}
    return {"data": data} | ({"errors": errors} if errors else {})


def announce(places: dict[str, list[object]], part: Json) -> None:
    """Notes where what is pending will go."""
    for one in cast("list[Json]", part.get("pending", [])):
        assert str(one["id"]) not in places
        places[str(one["id"])] = cast("list[object]", one["path"])


def at(data: object, path: Sequence[object]) -> Json:
    """The object at a place."""
    for step in path:
        data = cast("Json", data)[step]  # type: ignore[index]
    return cast("Json", data)


def add(into: Json, more: Json) -> None:
    """Puts new fields into an object."""
    assert not into.keys() & more.keys(), "a field came twice"
    into.update(more)
