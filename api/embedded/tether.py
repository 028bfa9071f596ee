"""Become another program that ends when the one that started it ends.

Run by path with `python -I -S`, so it imports nothing of this project:
    tether.py PARENT SIGNAL MODE OWNER PROGRAM [ARGUMENT …]
MODE is `kernel` (Linux sends SIGNAL itself) or `watch` (a detached onlooker sends it).
OWNER is `same` or `UID:GID`, the user that the program runs as.
"""

import ctypes
import os
import sys
import time

PR_SET_PDEATHSIG = 1
WATCH_SECONDS = 0.3


def main(arguments: list[str]) -> None:
    parent, last_signal = int(arguments[0]), int(arguments[1])
    mode, owner, program = arguments[2], arguments[3], arguments[4:]
    if owner != "same":
        change_owner(*map(int, owner.split(":")))
    if mode == "kernel":
        ask_kernel(last_signal)
    else:
        start_onlooker(parent, last_signal)
    if os.getppid() != parent:
        sys.exit("The starting process is gone.")
    os.execv(program[0], program)


def change_owner(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def ask_kernel(last_signal: int) -> None:
    """Only after the change of owner, which would clear the request."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, last_signal, 0, 0, 0) != 0:
        sys.exit(f"prctl failed: {os.strerror(ctypes.get_errno())}")


def start_onlooker(parent: int, last_signal: int) -> None:
    """Forked twice, so that the program does not find a child that it never started."""
    program = os.getpid()
    middle = os.fork()
    if middle:
        os.waitpid(middle, 0)
        return
    if os.fork():
        os._exit(0)
    os.setsid()
    os.closerange(0, 256)
    while is_there(program) and is_there(parent):
        time.sleep(WATCH_SECONDS)
    if is_there(program):
        os.kill(program, last_signal)
    os._exit(0)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
