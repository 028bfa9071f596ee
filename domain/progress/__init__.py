"""Progress: points that people earn, and the board of a season, which hurts nobody.

Words: a **season** is a period with a board of its own. An **earning** is points for one reason on one day. A
**standing** is what a person has in a season, and a **rank** is how many have more, plus one: equal points share it,
and among them who was first stands first. What always holds:

- A day is in one season at most. A person earns once a day for one reason, however often the fact is heard.
- Standings are the sums of what was earned, counts are the numbers of standings. Both are kept as points are earned,
  and both come out the same when they are made anew.
- Who left the rankings is in no board and no count, still earns, and is told what they have.
- Others are named only if at most half of the rest stand before them. Oneself one always sees.
- Points never touch pay or appraisal: nothing above this slice may read them for that.
"""
