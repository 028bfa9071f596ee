"""The tree of 2013, before anything is written: company, members, airports."""

from api.demo import figures, members
from tests.journeys import year_by_hand

PLACES = {place.code: place for place in members.tree()}


def test_a_company_eight_members_and_three_airports_of_each() -> None:
    assert [sum(code.count("_") == level for code in PLACES) for level in range(3)] == [1, 8, 24]
    assert all(place.above is None or place.above in PLACES for place in PLACES.values())
    assert len({place.slot for place in PLACES.values()}) == len(PLACES)


def test_every_row_of_the_record_lies_in_one_member_and_in_one_airport() -> None:
    for row in figures.read().rows:
        found = [code for code, place in PLACES.items() if place.holds(row)]

        assert [code.count("_") for code in sorted(found, key=len)] == [0, 1, 2]
        assert found[-1].startswith(found[1])


def test_what_is_below_adds_up_to_what_is_above() -> None:
    record = figures.read()
    for place in PLACES.values():
        parts = [one.counts(record, through=12) for one in PLACES.values() if one.above == place.code]
        whole = place.counts(record, through=12)

        assert not parts or sum(one.scheduled - one.cancelled for one in parts) == whole.scheduled - whole.cancelled
        assert not parts or sum(one.seat_miles for one in parts) == whole.seat_miles


def test_the_year_reached_is_that_of_the_record() -> None:
    record = figures.read()

    for code, (flights, seat_miles) in year_by_hand.reached().items():
        counts = PLACES[code].counts(record, through=12)
        assert (counts.value("FLOWN"), counts.value("SEAT_MILES")) == (flights, seat_miles)
