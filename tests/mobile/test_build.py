"""The committed build: made from this source, small, and clean under the strictest policy."""

import gzip
import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from mobile import build, codegen

DIST = build.DIST
KILOBYTE = 1000
SHELL_HTML = (DIST / "index.html").read_text("utf-8")


def zipped(*files: Path) -> int:
    """Bytes over the wire when each file is compressed by itself."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def scripts(*names: str) -> list[Path]:
    return [file for name in names for file in (DIST / "assets").glob(f"{name}-*.js")]


def test_the_build_was_made_from_this_source() -> None:
    assert build.built_hash() == build.source_hash(), "run: python -m mobile.build"


def test_the_types_were_made_from_this_schema() -> None:
    schema = codegen.build_schema(codegen.SCHEMA.read_text("utf-8"))
    document = codegen.read_operations(codegen.OPERATIONS)

    codegen.check(schema, document)

    assert codegen.GENERATED.read_text("utf-8") == codegen.render(schema, document)


def test_building_again_gives_the_same_bytes(packages: Path, tmp_path: Path) -> None:
    build.bundle(tmp_path)

    again = {file.relative_to(tmp_path): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    before = {file.relative_to(DIST): file.read_bytes() for file in DIST.rglob("*") if file.is_file()}
    assert again.keys() == before.keys()
    assert [name for name in again if again[name] != before[name]] == []


def test_every_trusted_document_has_its_own_digest_as_id() -> None:
    manifest: dict[str, str] = json.loads(codegen.MANIFEST.read_text("utf-8"))

    assert manifest == {f"sha256:{hashlib.sha256(text.encode()).hexdigest()}": text for text in manifest.values()}


def test_every_document_of_the_app_is_trusted() -> None:
    manifest: dict[str, str] = json.loads(codegen.MANIFEST.read_text("utf-8"))
    documents = codegen.trusted_documents(codegen.read_operations(codegen.OPERATIONS))

    assert [document.name for document in documents if manifest.get(document.id) != document.text] == []


def test_no_document_that_an_installed_app_may_send_was_dropped() -> None:
    shown = subprocess.run(
        ["git", "show", "HEAD:mobile/trusted.json"], cwd=build.MOBILE, capture_output=True, text=True, check=False
    )
    committed: dict[str, str] = json.loads(shown.stdout) if shown.returncode == 0 else {}

    manifest: dict[str, str] = json.loads(codegen.MANIFEST.read_text("utf-8"))

    assert committed.items() <= manifest.items()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("screen", ["today", "sign-in"])
def test_the_first_screen_needs_at_most_30_kilobytes_of_script(screen: str, language: str) -> None:
    first = scripts("app", "shared", language, screen)

    assert len(first) == 4
    assert zipped(*first) <= 30 * KILOBYTE


@pytest.mark.parametrize(("language", "other"), [("en", "zh"), ("zh", "en")])
def test_all_scripts_of_a_language_stay_below_60_kilobytes(language: str, other: str) -> None:
    spoken = [one for one in (DIST / "assets").glob("*.js") if f"{other}-" not in one.name]

    assert any(f"{language}-" in one.name for one in spoken)
    assert zipped(*spoken) <= 60 * KILOBYTE


def test_all_styles_together_stay_below_6_kilobytes() -> None:
    assert zipped(*(DIST / "assets").glob("*.css")) <= 6 * KILOBYTE


def test_the_worker_stays_below_3_kilobytes() -> None:
    assert zipped(DIST / "sw.js") <= 3 * KILOBYTE


def test_the_page_holds_no_script_and_no_style_of_its_own() -> None:
    assert re.findall(r"<script(?![^>]*\ssrc=)", SHELL_HTML) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", SHELL_HTML) == []


def test_the_page_asks_nobody_else_for_anything() -> None:
    assert re.findall(r'(?:src|href)="(?!/)[^"]*"', SHELL_HTML) == []


def test_no_script_writes_markup_or_evaluates_text() -> None:
    sinks = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b|\beval\(|new Function\(")
    own = [file for file in (build.MOBILE / "src").rglob("*.ts*") if sinks.search(file.read_text("utf-8"))]

    assert own == []


def test_the_worker_keeps_every_file_of_the_shell() -> None:
    worker = (DIST / "sw.js").read_text("utf-8")
    assets = [f"/assets/{file.name}" for file in (DIST / "assets").iterdir()]

    assert [asset for asset in [*assets, "/index.html", "/manifest.webmanifest"] if asset not in worker] == []


def test_the_lock_file_names_no_address() -> None:
    lock = (build.MOBILE / "package-lock.json").read_text("utf-8")

    assert '"resolved"' not in lock
    assert '"funding"' not in lock
    assert "http" not in lock


def test_every_package_is_pinned_to_one_version() -> None:
    package = json.loads((build.MOBILE / "package.json").read_text("utf-8"))
    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]

    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
