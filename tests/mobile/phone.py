"""A phone in a test: one browser context with its page, its worker and its owner's fingers."""

import json
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

import httpx
from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, expect

from mobile import codegen
from tests.running import until

Json = Mapping[str, object]
PATIENCE_MILLISECONDS = 10_000
WAITS_MAX = 20
DELIVERIES_MAX = 4
DELIVERY_SECONDS = 10.0
OUTBOX = """() => new Promise((resolve) => {
  const opening = indexedDB.open("catchball", 1);
  opening.onsuccess = () => {
    const asking = opening.result.transaction("outbox").objectStore("outbox").getAll();
    asking.onsuccess = () => { opening.result.close(); resolve(asking.result.map((one) => one.deed)); };
  };
})"""
ACTIVE_WORKER = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  while (active.state !== "activated" || !navigator.serviceWorker.controller) {
    await new Promise((go) => setTimeout(go, 5));
  }
}"""


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who signs in; `name` as the app shows it."""

    login: str
    password: str
    name: str


class Caller:
    """The same person at another device: sends the app's own documents over HTTP."""

    def __init__(self, url: str, account: Account) -> None:
        self._http = httpx.Client(base_url=url, headers={"x-client-name": "phone"})
        device = {"name": "Another device", "kind": "BROWSER"}
        signed = self.send("SignIn", login=account.login, password=account.password, device=device)
        self._http.headers["authorization"] = f"Bearer {signed['accessToken']}"

    def send(self, operation: str, **given: object) -> dict[str, object]:
        """The result of a mutation by its document's name."""
        answer = self.ask(operation, input=given)
        return cast("dict[str, object]", next(iter(answer.values())))

    def ask(self, operation: str, **variables: object) -> dict[str, object]:
        """The data of an operation by its document's name; who is asked to wait waits, as the app does."""
        body = {"documentId": DOCUMENTS[operation], "variables": variables}
        answer: dict[str, object] = {}
        for _ in range(WAITS_MAX):
            answer = self._http.post("/graphql", json=body).json()
            waits = wanted_patience(answer)
            if waits is None:
                break
            time.sleep(waits)
        assert "errors" not in answer, answer
        return cast("dict[str, object]", answer["data"])

    def close(self) -> None:
        self._http.close()


def wanted_patience(answer: Mapping[str, object]) -> float | None:
    """For how many seconds a busy server asks to wait, if it does."""
    errors = cast("list[dict[str, dict[str, object]]]", answer.get("errors", []))
    told = errors[0]["extensions"] if errors else {}
    return cast("int", told["retryAfterMs"]) / 1000 if told.get("code") == "THROTTLED" else None


class Phone:
    """A phone of 390 by 844 that allows notifications and moves nothing by itself."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        *,
        language: str = "en-GB",
        colours: str = "light",
    ) -> None:
        self.url = url
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 390, "height": 844},
            device_scale_factor=2,
            is_mobile=True,
            has_touch=True,
            locale=language,
            color_scheme="dark" if colours == "dark" else "light",
            permissions=["notifications"],
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE_MILLISECONDS)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self._is_cut_off = False
        self.page.on("console", lambda message: self._listen(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self._cdp: CDPSession = self.context.new_cdp_session(self.page)
        self._registrations: dict[str, str] = {}
        self._cdp.on("ServiceWorker.workerRegistrationUpdated", self._remember)
        self._command("ServiceWorker.enable")

    def _listen(self, kind: str, text: str) -> None:
        if kind == "error" and not self._is_cut_off:
            self.complaints.append(text)

    def _remember(self, event: dict[str, list[dict[str, str]]]) -> None:
        for one in event["registrations"]:
            self._registrations[one["scopeURL"]] = one["registrationId"]

    def _command(self, name: str, given: Json | None = None) -> dict[str, object]:
        # The library's types end at a bare dict.
        return cast("dict[str, object]", self._cdp.send(name, dict(given or {})))  # pyright: ignore[reportUnknownMemberType]

    def sign_in(self, account: Account) -> None:
        """Up to Today, with the worker in charge of the page."""
        self.page.goto(self.url)
        self.page.locator("[name=login]").fill(account.login)
        self.page.locator("[name=password]").fill(account.password)
        self.page.locator("form button.primary").click()
        expect(self.page.locator(".tabs")).to_be_visible()
        self.page.evaluate(ACTIVE_WORKER)

    def open(self, path: str) -> None:
        """An address of the app, from outside."""
        self.page.goto(self.url + path)
        expect(self.page.locator(".page h1")).to_be_visible()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def tab(self, name: str) -> None:
        self.page.get_by_role("navigation").get_by_role("link", name=re.compile(rf"^{name}")).click()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def says(self, text: str) -> None:
        """The toast says it."""
        expect(self.page.locator(".toast")).to_contain_text(text)

    def cut_off(self) -> None:
        self._is_cut_off = True
        self.context.set_offline(True)

    def reconnect(self) -> None:
        self.context.set_offline(False)

    def swipe(self, card: Locator, pixels: int) -> None:
        """A finger that moves sideways over the card."""
        card.scroll_into_view_if_needed()
        box = card.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + 24
        self._touch("touchStart", x, y)
        for step in range(1, 9):
            self._touch("touchMove", x + pixels * step / 8, y)
        self._command("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def _touch(self, kind: str, x: float, y: float) -> None:
        self._command("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})

    def receive(self, message: Json) -> None:
        """What the push service would bring, already decrypted, until it is shown.

        As a push service does, it comes again if the browser did not take it: a busy machine may be too late to start
        the worker, and says so to nobody.
        """
        about = {"origin": self.url, "registrationId": self._registrations[f"{self.url}/"]}
        for _ in range(DELIVERIES_MAX):
            self._command("ServiceWorker.deliverPushMessage", {**about, "data": json.dumps(message)})
            with suppress(AssertionError):
                until(self.notifications, "a notification is shown", seconds=DELIVERY_SECONDS)
                return
        raise AssertionError("the push is never shown")

    def sync(self) -> None:
        """The browser lets the worker send what waits."""
        about = {"origin": self.url, "registrationId": self._registrations[f"{self.url}/"]}
        self._command("ServiceWorker.dispatchSyncEvent", {**about, "tag": "outbox", "lastChance": False})

    def in_worker(self, script: str, argument: object = None) -> object:
        """Runs it in the worker, which is woken when it sleeps."""
        until(self._is_awake, "the worker is awake")
        return self.context.service_workers[0].evaluate(script, argument)

    def _is_awake(self) -> bool:
        if not self.context.service_workers:
            self.page.evaluate("navigator.serviceWorker.ready.then((one) => one.active.postMessage('wake'))")
        return bool(self.context.service_workers)

    def notifications(self) -> list[dict[str, object]]:
        """What the phone's shade shows, oldest first."""
        shown = self.page.evaluate(
            "async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((n) => ({"
            "title: n.title, body: n.body, lang: n.lang, actions: n.actions.map((a) => a.title)}))"
        )
        return cast("list[dict[str, object]]", shown)

    def shown_notification(self) -> dict[str, object]:
        """The only notification in the shade."""
        [shown] = self.notifications()
        return shown

    def tap_notification(self, action: str = "") -> None:
        """A tap on a button of the only notification, or on the notification itself."""
        self.in_worker(
            """async (action) => {
              const [shown] = await registration.getNotifications(), waits = [];
              const event = new NotificationEvent("notificationclick", {notification: shown, action});
              Object.defineProperty(event, "waitUntil", {value: (wait) => waits.push(wait)});
              dispatchEvent(event);
              await Promise.all(waits);
            }""",
            action,
        )

    def nothing_waits(self) -> None:
        """As soon as the outbox is empty."""
        until(lambda: self.waiting() == [], "the outbox is empty")

    def installability_errors(self) -> list[str]:
        found = self._command("Page.getInstallabilityErrors")["installabilityErrors"]
        return [one["errorId"] for one in cast("list[dict[str, str]]", found)]

    def waiting(self) -> list[str]:
        """What lies in the outbox: the deeds, in order."""
        return cast("list[str]", self.page.evaluate(OUTBOX))

    def close(self) -> None:
        self.context.close()


def decoded(message: bytes) -> dict[str, object]:
    """The text of a push as the worker reads it."""
    return cast("dict[str, object]", json.loads(message))


def _documents() -> dict[str, str]:
    documents = codegen.trusted_documents(codegen.read_operations(codegen.OPERATIONS))
    return {document.name: document.id for document in documents}


DOCUMENTS = _documents()
NewPhone = Callable[..., Phone]
