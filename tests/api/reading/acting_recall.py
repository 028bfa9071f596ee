"""What is done with recall: by whom, with what input."""

from collections.abc import Mapping

KEY = {"idempotencyKey": "once"}
CASES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "askRecall": ("Sofia", {"unit": "$unit GROUP", "cycle": "$cycle", "about": "THEMES", "k": 2, "days": 7, **KEY}),
    "answerRecall": ("Chen", {"question": "$recall question of Chen", "words": ["准时", "on  time too"], **KEY}),
    "markRecall": (
        "Dina",
        {
            "question": "$recall question of Dina",
            "marks": [{"word": 2, "priority": "$recall priority F1"}, {"word": 1, "priority": "$recall priority C1"}],
            **KEY,
        },
    ),
}
