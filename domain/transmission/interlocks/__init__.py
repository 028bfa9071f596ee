"""What units promise each other: an output, until a date, measured by criteria, and whether it was kept.

An *interlock* has a provider and a receiver, each a person for a unit. Anybody of both, who manages one of them or the
strategy office *proposes* it; it holds once both have *confirmed*. The provider *delivers*, the receiver *accepts*, or
*rejects* with a reason, and it is delivered again. It is *kept* when it was accepted and had been delivered in time.

- Whoever is asked may *decline*: the need stays identified and uncovered. The receiver may *withdraw* what they no
  longer need, until its date: what was missed does not disappear. The provider cannot withdraw what both confirmed.
- Each acts for themselves alone; when somebody cannot, their manager or the office *hands* their side *over*.
- Nothing of it changes after both confirmed but who stands for a side: another date is another promise.
"""
