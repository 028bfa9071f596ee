"""What is there in the demo group, as counts: each a truth, the question that asks for it, and the answer."""

_SLICES_OF = (
    "select count(*) from alignment a left join person p on p.id = a.asked_id join cycle c on c.id = a.cycle_id "
    "where a.method = 'SPLIT' and c.name "
)
_SLICES = f"{_SLICES_OF} not like '2013%' and "
_SLICES_OF_2013 = f"{_SLICES_OF} like '2013%' and "
_SAID = "select count(*) from teach_back where state = "
_SCORES = (
    "select count(s.value) from score s join scorecard k on k.id = s.scorecard_id join cycle c on c.id = k.cycle_id "
)
_TWELVE_DAYS_AGO = "now() at time zone 'Asia/Shanghai' - interval '12 days 8 hours 30 minutes'"
"""Months are closed at half past eight on the thirteenth."""

FACTS: dict[str, tuple[str, int]] = {
    "top goals serve strategic objectives, and both sides agreed": (
        "select count(distinct child_id) from alignment where state = 'ACCEPTED' and method = 'WEIGHTED'",
        13,
    ),
    "intents were said back and confirmed": (f"{_SAID} 'CONFIRMED'", 10),
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
    "in 2013 all eight members and 22 of their airports accepted flights and seat-miles": (
        f"{_SLICES_OF_2013} a.state = 'ACCEPTED'",
        60,
    ),
    "one airport declined both, and somebody else took them": (
        f"{_SLICES_OF_2013} a.state = 'DECLINED' and a.reason is not null",
        2,
    ),
    "one offered fewer flights": (f"{_SLICES_OF_2013} a.state = 'COUNTER_PROPOSED' and a.counter_amount < a.amount", 1),
    "and some never answered, which is no consent": (f"{_SLICES_OF_2013} a.state = 'PROPOSED_DOWN'", 3),
    "cards are published": ("select count(*) from scorecard where state = 'PUBLISHED'", 76),
    "every unit has a card": (
        """select count(*) from unit u
           where not exists (select from scorecard k where k.unit_id = u.id and k.person_id is null)""",
        0,
    ),
    "everybody of two teams has one, and whom a visitor meets": (
        "select count(*) from scorecard where person_id is not null",
        19,
    ),
    "a person's card begins with the library and goes on with what they promised": (
        """select count(*) from scorecard k where k.person_id is not null and 1 = (
             select count(*) from scorecard_item i where i.scorecard_id = k.id and i.position_kpi_id is null
               and i.objective_id in (select id from objective o where o.owner_id = k.person_id))""",
        19,
    ),
    "the library knows fifteen positions": ("select count(distinct position_id) from position_kpi", 15),
    "with three to seven key figures each": (
        """select count(*) from (select from position_kpi where retired_at is null
           group by position_id having count(*) not between 3 and 7) p""",
        0,
    ),
    "one department, its teams, and the people of one of them have closed months": (
        "select count(*) from scorecard where closed_through is not null",
        11,
    ),
    "which are all that were over for twelve days": (
        f"""select count(*) from scorecard k join cycle c on c.id = k.cycle_id
            where closed_through <> (date_trunc('month', {_TWELVE_DAYS_AGO}) - interval '1 month')::date""",
        0,
    ),
    "each of these months kept its bytes": (
        f"""select count(*) - 11 * extract(month from age(date_trunc('month', {_TWELVE_DAYS_AGO}), min(c.starts_on)))
            from closed_score z join scorecard k on k.id = z.scorecard_id join cycle c on c.id = k.cycle_id""",
        0,
    ),
    "a figure of a closed cycle was corrected, and not by one person alone": (
        """select count(*) from adjustment where state = 'APPLIED' and is_after_closing
           and reason is not null and decided_by_id <> proposed_by_id""",
        1,
    ),
    "a target may stay below the last one because three people agreed": (
        """select count(*) from target_exemption e join objective o on o.id = e.objective_id
           where e.state = 'CONFIRMED' and o.state = 'ACTIVE' and e.confirmed_by_id <> e.granted_by_id
             and o.owner_id not in (e.granted_by_id, e.confirmed_by_id)""",
        1,
    ),
    "the cards of 2013 are scored for twelve months": (f"{_SCORES} where c.name like '2013%'", 60),
    "the cards of the running cycle are scored for all months that began": (
        f"{_SCORES} where c.name not like '2013%'",
        284,
    ),
    "no score lacks its trace": ("select count(*) from score where status <> 'SCORED' or trace is null", 0),
    "points were given and taken": ("select count(distinct kind) from scorecard_extra", 2),
    "the plan of the year holds": ("select count(*) from annual_plan where state = 'APPROVED'", 1),
    "investments ask, have money, were given up, or are over": ("select count(distinct state) from investment", 4),
    "there are six of them": ("select count(*) from investment", 6),
    "what is over was looked at, and brought less than planned": (
        """select count(*) from investment_review r join investment i on i.id = r.investment_id
           where i.state = 'COMPLETED' and r.outlook_value < r.planned_value""",
        1,
    ),
    "one assumption does not hold any more": ("select count(*) from assumption where is_broken", 1),
    "and what leans on it is flagged": ("select count(*) from revision_flag where settled_at is null", 2),
    "people were asked twice what the strategy wants": ("select count(*) from recall_round", 2),
    "one round is over, and in each company ten or more answered": (
        """select count(*) from unit u join recall_round r on r.closes_at < now()
           where u.code in ('AIR', 'MFG', 'RET', 'TEC') and 10 <= (
             select count(*) from recall_answer a join unit_closure c on c.descendant_id = a.unit_id
             where c.ancestor_id = u.id and a.round_id = r.id)""",
        4,
    ),
    "the young employee and her manager have the question before them": (
        """select count(*) from inbox_item i join person p on p.id = i.person_id
           where i.kind = 'RECALL_ASKED' and i.state = 'OPEN' and p.name in ('Lin Mei', 'Daniel Okoye')""",
        2,
    ),
    "three promises between units were accepted": ("select count(*) from interlock where status = 'ACCEPTED'", 3),
    "one of them at the second try": ("select count(*) from interlock where deliveries = 2", 1),
    "one of them too late": ("select count(*) from interlock where delivered_on > due_on", 1),
    "one was declined, and one waits for its date": (
        "select count(*) from interlock where status in ('DECLINED', 'CONFIRMED')",
        2,
    ),
    "one was delivered to the young employee, and one waits for the head of Online": (
        """select count(*) from inbox_item i join person p on p.id = i.person_id where i.state = 'OPEN'
           and (i.kind, p.name) in (('INTERLOCK_DELIVERED', 'Lin Mei'), ('INTERLOCK_PROPOSED', 'Zhao Hao'))""",
        2,
    ),
}
