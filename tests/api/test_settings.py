"""The environment is read once, and each mistake in it is named."""

from pathlib import Path

import pytest

from api import settings
from domain.kernel.settings import SettingsError, home_folder

LEAST = {"DATABASE_URL": "postgresql:///x", "REDIS_URL": "redis://localhost", "CATCHBALL_HOME": "/srv/cb"}


def test_two_addresses_and_a_home_are_enough() -> None:
    assert settings.read(LEAST) == settings.Settings(
        database_url="postgresql:///x",
        redis_url="redis://localhost",
        replica_url="",
        replica_lag_seconds=30,
        home=Path("/srv/cb"),
        zone="UTC",
        host="127.0.0.1",
        port=8000,
        public_url="http://localhost:8000",
        is_production=False,
        graphiql=True,
        trusted_only=False,
        allowed_origins=(),
        key_folder=Path("/srv/cb/keys"),
        push_keys="",
        push_contact="mailto:operator@example.org",
        push_hosts=(),
        push_loopback=(),
    )


def test_every_setting_can_be_named() -> None:
    named = {
        "REPLICA_URL": "postgresql:///copy?pool_mode=transaction",
        "CATCHBALL_REPLICA_LAG": "5",
        "CATCHBALL_ZONE": "Asia/Shanghai",
        "CATCHBALL_HOST": "0.0.0.0",
        "CATCHBALL_PORT": "9000",
        "CATCHBALL_URL": "https://goals.example/",
        "CATCHBALL_PRODUCTION": "on",
        "CATCHBALL_TRUSTED_ONLY": "yes",
        "CATCHBALL_ORIGINS": "https://a.example/, https://b.example",
        "CATCHBALL_KEYS": "/srv/keys",
        "CATCHBALL_PUSH_KEYS": " one,two ",
        "CATCHBALL_PUSH_CONTACT": "mailto:it@goals.example",
        "CATCHBALL_PUSH_HOSTS": "push.example",
        "CATCHBALL_PUSH_LOOPBACK": "http://127.0.0.1:9001",
    }

    found = settings.read({**LEAST, **named})

    assert found == settings.Settings(
        database_url="postgresql:///x",
        redis_url="redis://localhost",
        replica_url="postgresql:///copy?pool_mode=transaction",
        replica_lag_seconds=5,
        home=Path("/srv/cb"),
        zone="Asia/Shanghai",
        host="0.0.0.0",
        port=9000,
        public_url="https://goals.example",
        is_production=True,
        graphiql=False,
        trusted_only=True,
        allowed_origins=("https://a.example", "https://b.example"),
        key_folder=Path("/srv/keys"),
        push_keys="one,two",
        push_contact="mailto:it@goals.example",
        push_hosts=("push.example",),
        push_loopback=("http://127.0.0.1:9001",),
    )


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("CATCHBALL_REPLICA_LAG", "0", "CATCHBALL_REPLICA_LAG is '0': give a number of seconds from 1 to 600."),
        (
            "DATABASE_URL",
            "postgresql:///x?pool_mode=statement",
            "The database's address says pool_mode=statement: say transaction, or leave it out.",
        ),
        ("CATCHBALL_PORT", "0", "CATCHBALL_PORT is '0': give a number from 1 to 65535."),
        ("CATCHBALL_PORT", "65536", "CATCHBALL_PORT is '65536': give a number from 1 to 65535."),
        ("CATCHBALL_PORT", "８０００", "CATCHBALL_PORT is '８０００': give a number from 1 to 65535."),
        ("CATCHBALL_PRODUCTION", "perhaps", "CATCHBALL_PRODUCTION is 'perhaps': say on or off."),
        ("CATCHBALL_URL", "goals.example", "CATCHBALL_URL is 'goals.example': it must begin with https:// or http://."),
        (
            "CATCHBALL_PUSH_CONTACT",
            "it@goals.example",
            "CATCHBALL_PUSH_CONTACT is 'it@goals.example': give a mailto: or https:// address.",
        ),
        (
            "CATCHBALL_ZONE",
            "Asia/Nowhere",
            "CATCHBALL_ZONE is 'Asia/Nowhere', which is no time zone: give an IANA name such as Asia/Shanghai.",
        ),
        (
            "DATABASE_URL",
            " ",
            "DATABASE_URL is not set and no Catchball runs here: start `catchball up`, or set DATABASE_URL.",
        ),
    ],
)
def test_a_mistake_is_named_with_what_to_do(name: str, text: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        settings.read({**LEAST, name: text})

    assert str(refusal.value) == sentence


def test_the_home_is_the_platforms_folder_for_user_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert home_folder({"HOME": "/homes/li"}) == Path("/homes/li/.local/share/catchball")
    assert home_folder({"HOME": "/homes/li", "XDG_DATA_HOME": "/data"}) == Path("/data/catchball")

    monkeypatch.setattr("sys.platform", "darwin")
    assert home_folder({"HOME": "/homes/li"}) == Path("/homes/li/Library/Application Support/catchball")
