"""What is there in the demo group, as counts: each a truth, the question that asks for it, and the answer."""

_SLICES = "select count(*) from alignment a left join person p on p.id = a.asked_id where a.method = 'SPLIT' and "
_SAID = "select count(*) from teach_back where state = "
_SCORES = (
    "select count(s.value) from score s join scorecard k on k.id = s.scorecard_id join cycle c on c.id = k.cycle_id "
)

FACTS: dict[str, tuple[str, int]] = {
    "top goals serve strategic objectives, and both sides agreed": (
        "select count(distinct child_id) from alignment where state = 'ACCEPTED' and method = 'WEIGHTED'",
        12,
    ),
    "intents were said back and confirmed": (f"{_SAID} 'CONFIRMED'", 6),
    "one was returned": (f"{_SAID} 'RETURNED'", 1),
    "two wait for an answer": (f"{_SAID} 'SAID'", 2),
    "one intent was sharpened": ("select count(*) from intent where version = 2", 1),
    "what was said of its first version is out of date": (
        """select count(*) from teach_back b join intent i on i.id = b.intent_id where b.state = 'CONFIRMED' and exists
           (select from intent n
            where n.strategic_objective_id = i.strategic_objective_id and n.version > i.version)""",
        3,
    ),
    "slices were accepted": (f"{_SLICES} a.state = 'ACCEPTED'", 3),
    "one was declined": (f"{_SLICES} a.state = 'DECLINED' and a.reason is not null", 1),
    "one was countered": (f"{_SLICES} a.state = 'COUNTER_PROPOSED' and p.name = 'Zhao Hao'", 1),
    "one waits for the young employee's manager": (
        f"{_SLICES} a.state = 'PROPOSED_DOWN' and p.name = 'Daniel Okoye'",
        1,
    ),
    "cards are published": ("select count(*) from scorecard where state = 'PUBLISHED'", 14),
    "the cards of 2013 are scored for twelve months": (f"{_SCORES} where c.name like '2013%'", 60),
    "the cards of the running cycle are scored for all months that began": (
        f"{_SCORES} where c.name not like '2013%'",
        36,
    ),
    "no score lacks its trace": ("select count(*) from score where status <> 'SCORED' or trace is null", 0),
    "points were given and taken": ("select count(distinct kind) from scorecard_extra", 2),
    "the plan of the year holds": ("select count(*) from annual_plan where state = 'APPROVED'", 1),
    "investments ask, have money, or were given up": ("select count(distinct state) from investment", 3),
    "there are five of them": ("select count(*) from investment", 5),
    "one assumption does not hold any more": ("select count(*) from assumption where is_broken", 1),
    "and what leans on it is flagged": ("select count(*) from revision_flag where settled_at is null", 2),
}
