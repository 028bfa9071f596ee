"""Measures of units, and the actuals by which other systems tell how the units do.

Words: a **measure** is a figure of a unit, in a named unit of measure, within plausible limits. An **actual** is its
value in one month, a **period**, named by the month's first day. What always holds:

- A measure has at most one actual per period. Actuals are only added: a row says for good who told it and when.
- Nothing is recorded for a month that is not over, nor for one in a cycle that is closed. What is *late* follows from
  the cycle alone, never from today's date: figures of long ago are welcome while their cycle is open, and a month
  that lies in no cycle is never late, because nobody was judged by it.
- Key results tied to a measure stand where the newest period within their objective's own cycle puts them. An older
  month that comes later is recorded and moves nothing. A promise that is approved after figures came begins there.

Scorecards know objectives and call them; objectives know a measure only by its id.
"""
