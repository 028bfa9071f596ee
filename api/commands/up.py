"""`catchball up`: everything in one group of processes, from an empty folder to a page that answers."""

import argparse
import os
import signal
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from api import settings as every_setting
from api.commands.steps import Steps
from api.demo.logins import LOGINS
from api.embedded import birth, errand, hold, listener, running
from api.embedded.child import Child, wait_seconds
from api.embedded.failure import EngineError
from api.embedded.group import Group
from api.embedded.postgres import Postgres
from api.embedded.program import Program
from api.embedded.redis import Redis
from api.embedded.running import Running
from api.settings import Settings, switch
from domain.kernel.settings import home_folder

READY_SECONDS = 60
DEMO_MARK = "holds-the-demo-group"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Someone asked for the end."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """An engine is None when the environment names one that runs elsewhere."""

    settings: Settings
    postgres: Postgres | None
    redis: Redis | None
    environment: Mapping[str, str]
    with_demo: bool


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    """Returns when it was asked to stop; nothing it started is left then."""
    del options
    group, steps = Group(), Steps()
    lock, home = -1, home_folder(os.environ)
    try:
        for number in SIGNALS:
            signal.signal(number, ask_to_stop)
        hold.prepare(home)
        lock = hold.take(home)
        plan = make_plan(home)
        with listener.reserve(plan.settings.host, plan.settings.port) as reserved:
            bring_up(plan, group, steps=steps, reserved=reserved)
            group.watch(steps.line)
    except Stop:
        return 0
    finally:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        if lock >= 0:
            bring_down(group, steps, home=home)
            os.close(lock)


def ask_to_stop(number: int, frame: FrameType | None) -> NoReturn:
    raise Stop


def make_plan(home: Path) -> Plan:
    """Everything that can be refused before anything is started."""
    named = {name: text for name, text in os.environ.items() if text.strip()}
    postgres = None if "DATABASE_URL" in named else Postgres(home=home)
    redis = None if "REDIS_URL" in named else Redis(home=home)
    environment = {**named, "CATCHBALL_HOME": str(home)}
    if postgres:
        environment["DATABASE_URL"] = postgres.url()
    if redis:
        environment["REDIS_URL"] = redis.url()
    return Plan(
        settings=every_setting.read(environment),
        postgres=postgres,
        redis=redis,
        environment=environment,
        with_demo=switch(environment, "CATCHBALL_DEMO", default=True),
    )


def bring_up(plan: Plan, group: Group, *, steps: Steps, reserved: socket.socket) -> None:
    steps.line(f"Catchball in {plan.settings.home}")
    if plan.postgres:
        with steps.step("PostgreSQL") as say:
            group.start(plan.postgres)
            say("ready")
    if plan.redis:
        with steps.step("Redis") as say:
            group.start(plan.redis)
            say("ready")
    fill(plan, steps)
    with steps.step("Web, worker") as say:
        start_programs(plan, group, reserved=reserved)
        say("ready")
    tell(plan, steps)


def fill(plan: Plan, steps: Steps) -> None:
    """Migrates; a new database of our own gets the demo group before it gets its name."""
    postgres, environment = plan.postgres, dict(plan.environment)
    is_new = postgres is not None and not birth.is_over(postgres)
    if postgres and is_new:
        environment["DATABASE_URL"] = birth.begin(postgres)
    logs = plan.settings.home / "logs"
    with steps.step("Migrations") as say:
        errand.run("migrate", logs / "migrate.log", environment=environment, say=say)
        say("done")
    if is_new and plan.with_demo:
        with steps.step("Demo group") as say:
            errand.run("demo --quietly", logs / "demo.log", environment=environment, say=say)
        (plan.settings.home / DEMO_MARK).touch()
    if postgres and is_new:
        birth.end(postgres)


def start_programs(plan: Plan, group: Group, *, reserved: socket.socket) -> None:
    settings, descriptor = plan.settings, reserved.fileno()
    web = Program(
        words=("web", "--socket", str(descriptor)),
        home=settings.home,
        environment=plan.environment,
        inherited=(descriptor,),
    )
    worker = Program(words=("worker",), home=settings.home, environment=plan.environment)
    for program in (web, worker):
        group.start(program)
    wait_until_ready(settings, web.child, worker.child)
    running.write(
        settings.home,
        Running(
            pid=os.getpid(),
            database_url=settings.database_url,
            redis_url=settings.redis_url,
            address=settings.public_url,
        ),
    )


def wait_until_ready(settings: Settings, *children: Child) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not listener.answers(settings.host, settings.port, "/readyz"):
        for child in children:
            child.require_alive()
        if not wait_seconds(deadline):
            raise EngineError(f"The web process is not ready after a minute: see {children[0].log}.")


def tell(plan: Plan, steps: Steps) -> None:
    steps.line(f"\nCatchball is ready · 已就绪   http://localhost:{plan.settings.port}   (Ctrl-C stops it)")
    if plan.postgres and (plan.settings.home / DEMO_MARK).exists():
        steps.line("\nSign in as · 登录账号")
        for login, password, who in LOGINS:
            steps.line(f"  {login:<22}{password:<18}{who}")


def bring_down(group: Group, steps: Steps, *, home: Path) -> None:
    started = time.monotonic()
    running.remove(home)
    group.stop()
    if group.members:
        steps.line(f"Stopped · 已停止  {time.monotonic() - started:.1f} s")
