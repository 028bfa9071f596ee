"""How a score comes about: pure arithmetic over facts, rules and a policy; nothing is read and nothing is kept here.

| module | what |
|---|---|
| `terms`, `policy` | a card with its items and extras, and the policy that it is scored by |
| `outcome` | what comes out: a score with its trace |
| `facts` | observations: what is known of an item, or in which way it is not known |
| `kinds` | all scoring rules together, and the points that a rule makes of an observation |
| `lines`, `tables`, `evidence` | the rules themselves, which refuse what makes no sense, each with its formula |
| `codec` | rules, cards and policies as JSON and back; a score replayed from its bytes |
| `items` | the score of one item: state, rule, cap and floor |
| `cards` | perspectives and the whole card, in one fixed order |
| `lights` | colour, direction of travel, forecast |
| `coupling`, `quotas`, `effective` | organisation and person together, grades as seats, weights as they act |

What always holds: 100 is "target met". Numbers are Decimals, rounded half up at twenty decimals on each level and
nowhere else. The trace of a card adds up to its value, to the last digit. Key results keep `objectives/progress.py`;
the straight way from a baseline to a target is that very function.
"""
