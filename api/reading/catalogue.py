"""Every view of every slice, with the fields that higher slices add, and the roots of the schema."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.feedback import views as feedback
from domain.feedback import views_praise as praise
from domain.feedback import views_reports as reports
from domain.feedback import views_requests as requests
from domain.inbox import views as inbox
from domain.kernel.views import Extensions, Facts, One, Page, Roots, View
from domain.modes import views as modes
from domain.objectives import views as objectives
from domain.objectives import views_feed as feed
from domain.objectives import views_teach_backs as teach_backs
from domain.objectives.cascading import views as alignments
from domain.objectives.cascading import views_cascade as cascades
from domain.objectives.cascading import views_sight as sight
from domain.objectives.targets import views as targets
from domain.people import views as people
from domain.plans import views as plans
from domain.progress import views as progress
from domain.scorecards import views as scorecards
from domain.scorecards.cards import views as cards
from domain.strategy import views as strategy
from domain.transmission import views as transmission
from domain.transmission.interlocks import views as interlocks
from domain.transmission.recall import views as recall


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the planner may read: views by type name, root fields by name, views by the prefix of their ids, facts."""

    views: Mapping[str, View]
    roots: Mapping[str, One | Page]
    by_prefix: Mapping[str, View]
    facts: Facts
    reached: tuple[View, ...] = field(init=False)
    """Those views that have a reach."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "reached", tuple(view for view in self.views.values() if view.reach))


def gather() -> Catalogue:
    """The catalogue of the whole product."""
    views = {view.name: view for slice_views in _VIEWS for view in slice_views}
    for extensions in _EXTENSIONS:
        for name, fields in extensions.items():
            views[name] = replace(views[name], fields={**views[name].fields, **fields})
    roots = {name: root for slice_roots in _ROOTS for name, root in slice_roots.items()}
    return Catalogue(
        views=views,
        roots=roots,
        by_prefix={view.prefix: view for view in views.values()},
        facts={name: fact for view in views.values() for name, fact in view.facts.items()},
    )


_VIEWS: tuple[tuple[View, ...], ...] = (
    people.VIEWS,
    objectives.VIEWS,
    alignments.VIEWS,
    cascades.VIEWS,
    sight.VIEWS,
    scorecards.VIEWS,
    cards.VIEWS,
    inbox.VIEWS,
    progress.VIEWS,
    strategy.VIEWS,
    plans.VIEWS,
    teach_backs.VIEWS,
    targets.VIEWS,
    modes.VIEWS,
    recall.VIEWS,
    interlocks.VIEWS,
    feedback.VIEWS,
    praise.VIEWS,
    requests.VIEWS,
    reports.VIEWS,
    transmission.VIEWS,
)
_EXTENSIONS: tuple[Extensions, ...] = (
    objectives.EXTENSIONS,
    alignments.EXTENSIONS,
    scorecards.EXTENSIONS,
    cards.EXTENSIONS,
    inbox.EXTENSIONS,
    progress.EXTENSIONS,
    strategy.EXTENSIONS,
    plans.EXTENSIONS,
    teach_backs.EXTENSIONS,
    targets.EXTENSIONS,
    modes.EXTENSIONS,
    recall.EXTENSIONS,
    interlocks.EXTENSIONS,
    feedback.EXTENSIONS,
    praise.EXTENSIONS,
    requests.EXTENSIONS,
    reports.EXTENSIONS,
)
_ROOTS: tuple[Roots, ...] = (
    people.ROOTS,
    objectives.ROOTS,
    alignments.ROOTS,
    cascades.ROOTS,
    sight.ROOTS,
    targets.ROOTS,
    feed.ROOTS,
    scorecards.ROOTS,
    cards.ROOTS,
    inbox.ROOTS,
    progress.ROOTS,
    strategy.ROOTS,
    plans.ROOTS,
    teach_backs.ROOTS,
    modes.ROOTS,
    recall.ROOTS,
    interlocks.ROOTS,
    feedback.ROOTS,
    praise.ROOTS,
    requests.ROOTS,
    reports.ROOTS,
    transmission.ROOTS,
)
