"""Measures of units, and the actuals by which systems, files, persons and formulas tell how the units do.

Words: a **measure** is a figure of a unit, in a named unit of measure, within plausible limits. An **actual** is its
value in one month, a **period**, named by the month's first day. An **adjustment** is a correction of one, which gives
the month a newer **revision**; the highest counts (`current_actual`). What always holds:

- Actuals are only added: a row says for good who told it, by which way, when and why. A month is recorded once; after
  that it is adjusted, and once its cycle is closed, only with the approval of a second person.
- A measure with a formula (`formulas/`) is computed, and takes no figures; but what was told of a month, also by
  adjusting it, is never overwritten by the formula. Where it comes to no value, the month says why. A formula that is
  written later changes no closed month; a correction of an input that was approved after the closing does.
- Nothing is recorded for a month that is not over, nor for one in a cycle that is closed. What is *late* follows from
  the cycle alone, never from today's date: figures of long ago are welcome while their cycle is open, and a month
  that lies in no cycle is never late, because nobody was judged by it. Whether the newest figure still says something
  of *today* is another question: `staleness`.
- Key results tied to a measure stand where the newest period within their objective's own cycle puts them. An older
  month that comes later is recorded and moves nothing. A promise that is approved after figures came begins there.

Scorecards know objectives and call them; objectives know a measure only by its id.
"""
