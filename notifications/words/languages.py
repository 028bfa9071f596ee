"""Finds the language of a device."""

from domain.inbox.terms import InboxKind
from notifications.words import Language, Wording
from notifications.words.chinese import CHINESE
from notifications.words.english import ENGLISH

LANGUAGES: dict[str, Language] = {"en": ENGLISH, "zh-CN": CHINESE}
FALLBACK = "en"


def wording(kind: InboxKind, locale: str) -> Wording:
    """What to say about this kind to a device with that locale."""
    return LANGUAGES[language(locale)][kind]


def language(locale: str) -> str:
    """The language that serves a locale (BCP 47): Chinese for every Chinese, else English."""
    if locale in LANGUAGES:
        return locale
    return "zh-CN" if locale.partition("-")[0].lower() == "zh" else FALLBACK
