"""What the words of progress mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "StreakWeekState": {
        "COUNTED": "Something counted.",
        "OFF": "At least half of its working days were free, or no season ran: it bridges.",
        "FROZEN": "A freeze bridged it.",
        "PAUSED": "Nothing counted; the count begins anew with the next week that does.",
        "OPEN": "It still runs.",
    },
    "LedgerCurrency": {
        "EXPERIENCE": "What a person went through; it is never spent and never given away.",
        "COIN": "What can be spent on rewards or given to the pool of a team.",
        "GIVING": "An allowance that can only be given to others.",
    },
}
