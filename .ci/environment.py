"""Make .venv from the lock file with nothing but Python and pip; do nothing when it is made.

    python3 .ci/environment.py            what running needs
    python3 .ci/environment.py --test     what the tests need as well

It keeps to what old Pythons understand, so that they can say that they are old.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
NEWEST_TRIED = 20
ROOT = Path(__file__).absolute().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "made-from"
TITLE = "Environment   "
LOCKS = {"run": "requirements.lock", "test": "requirements-test.lock"}


def main():
    purpose = "test" if "--test" in sys.argv[1:] else "run"
    require_python()
    if is_made(purpose):
        return
    started = time.monotonic()
    source = f"from {LOCKS[purpose]}"
    show(f"{source} …")
    make_venv()
    install(purpose)
    STAMP.write_text(fingerprint(purpose) + "\n")
    show(f"{source:<44}{time.monotonic() - started:6.1f} s")
    print(end="\n" if sys.stdout.isatty() else "", flush=True)


def require_python():
    """Starts again under a newer Python when this one is too old and a newer one is there."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(NEWEST_TRIED, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and works(newer, "import venv"):
            os.execv(newer, [newer, *sys.argv])
    sys.exit("Catchball needs Python 3.11 or newer: install it, or name one by `make up PYTHON=…`.")


def is_made(purpose):
    """An environment for the tests serves for running too."""
    try:
        found = STAMP.read_text().strip()
    except OSError:
        return False
    return found in {fingerprint("test"), fingerprint(purpose)} and works(PYTHON, "")


def fingerprint(purpose):
    """Of everything that the environment is made from, and of the place that it cannot leave."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in (LOCKS[purpose], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return f"{purpose} {digest.hexdigest()}"


def make_venv():
    if works(PYTHON, "import pip, sys; sys.exit(sys.version_info < (3, 11))"):
        return
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        words = (made.stdout + made.stderr).strip().splitlines() or ["it said nothing"]
        sys.exit(
            f"Python could not make .venv ({words[0]}): install its venv module "
            "(python3-venv on Debian and Ubuntu), then run this again."
        )


def install(purpose):
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    lock = ROOT / LOCKS[purpose]
    run_pip([*pip, "--require-hashes", "--requirement", str(lock)], lock.read_text().count("=="))
    run_pip([*pip, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], 1)


def run_pip(command, packages):
    """Counts what pip fetches; shows what pip said only when it failed."""
    said = []
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment) as pip:
        for line in pip.stdout:
            said.append(line)
            fetched = sum(word.startswith("Collecting ") for word in said)
            show(f"{fetched} of about {packages} packages")
    if pip.returncode != 0:
        print("\n" + "".join(said[-15:]), file=sys.stderr)
        sys.exit("pip could not install (see above): look at the network, then run this again.")


def show(words):
    """One line that is rewritten, where there is a terminal to rewrite it on."""
    if sys.stdout.isatty():
        print(f"\r\x1b[2K{TITLE}{words}", end="", flush=True)
    elif "packages" not in words:
        print(f"{TITLE}{words}", flush=True)


def works(python, program):
    try:
        return subprocess.call([str(python), "-c", program], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


if __name__ == "__main__":
    main()
