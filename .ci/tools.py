"""Find the browser that the tests drive and the curl of the README, or install them by the system's package manager."""

import os
import shutil
import subprocess
import sys
import time

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEEDED = {("chromium", "fonts-noto-cjk"): BROWSERS, ("curl",): ("curl",)}
SENTENCE = "The tests need Chromium (or Google Chrome) and curl on the PATH: install them, then run this again."


def main() -> None:
    packages = missing()
    if not packages:
        return
    if shutil.which("apt-get") is None:
        sys.exit(SENTENCE)
    started = time.monotonic()
    print(f"Tools         installing {', '.join(packages)} by apt-get …", flush=True)
    for words in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", *packages)):
        if install(words) != 0:
            sys.exit(SENTENCE)
    if missing():
        sys.exit(SENTENCE)
    print(f"Tools         {'ready':<44}{time.monotonic() - started:6.1f} s", flush=True)


def missing() -> list[str]:
    return [
        package
        for packages, programs in NEEDED.items()
        if not any(shutil.which(program) for program in programs)
        for package in packages
    ]


def install(words: tuple[str, ...]) -> int:
    rights = () if os.geteuid() == 0 else ("sudo", "-n")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.call((*rights, "apt-get", *words), env=environment, stdout=subprocess.DEVNULL)
    except FileNotFoundError:
        return 1


if __name__ == "__main__":
    main()
