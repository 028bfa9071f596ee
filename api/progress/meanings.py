"""What the words of progress mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "LedgerCurrency": {
        "EXPERIENCE": "What a person went through; it is never spent and never given away.",
        "COIN": "What can be spent on rewards or given to the pool of a team.",
        "GIVING": "An allowance that can only be given to others.",
    },
}
