"""Progress: points that people earn, and the board of a season, which hurts nobody.

Words: a **season** is a period with a board of its own. An **award rule** says which fact of the journal earns how
much, within which limits; an **earning** is what one fact earned by one rule. The **ledger** moves amounts between
accounts: experience, coins, allowances to give. A **standing** is what a person has in a season, and a **rank** is how
many have more, plus one: equal points share it, and among them who was first stands first. What always holds:

- A day is in one season at most. A fact earns once by one rule, however often it is heard; what a week earned follows
  from its facts alone, so that the order in which they are heard changes nothing, nor does hearing them again.
- An entry moves an amount from one account to another and is never changed: the sum of all accounts is zero, and what
  is taken back is a contra entry. No account but that of issue falls below zero.
- Standings are the sums of what was earned, counts are the numbers of standings. Both are kept as points are earned,
  and both come out the same when they are made anew.
- Level, badges and streak are kept nowhere: they are made of what was earned whenever they are asked for. Weeks of a
  streak are those of the person's own zone; days off, holidays and freezes bridge, and no word shames.
- Who left the rankings is in no board and no count, still earns, and is told what they have.
- Others are named only if at most half of the rest stand before them. Oneself one always sees.
- Points never touch pay or appraisal: nothing above this slice may read them for that.
"""
