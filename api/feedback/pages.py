"""Pages of threads, as things that are talked about show them."""

from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.field import StrawberryField

from api.planned import Connection, page

if TYPE_CHECKING:
    from api.feedback.types import FeedbackThread


def thread_page(description: str) -> StrawberryField:
    """A field that answers a page of threads."""
    return page(Connection[Annotated["FeedbackThread", strawberry.lazy("api.feedback.types")]], description)
