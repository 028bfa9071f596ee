"""What is carried up to an objective is read with it, and stands in no statement of who does not ask for it."""

from tests.api.reading.desk import Desk, statements

TEXT = "query($id: ID!) { objective(id: $id) { progress rolledUpProgress } }"


async def test_what_is_carried_up_is_read_to_two_decimals(desk: Desk) -> None:
    names = ("big", "ACHIEVED", "DRAFT")

    answers = [await desk.ask("Dina", TEXT, id=desk.world.ids[f"objective {name}"]) for name in names]

    assert [tuple(answer["objective"].values()) for answer in answers] == [  # type: ignore[attr-defined]
        ("70", "70"),
        ("0", "0.69"),  # (100 * 0 + 1 * 70) / 101
        (None, None),
    ]


async def test_who_does_not_ask_for_it_reads_no_roll_up(desk: Desk) -> None:
    async with statements() as seen:
        await desk.plan("Dina", TEXT, id=desk.world.ids["objective big"])
        await desk.plan("Dina", TEXT.replace("rolledUpProgress", ""), id=desk.world.ids["objective big"])

    assert ["roll_up" in text for text in seen] == [True, False]
