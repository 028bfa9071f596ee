"""Passwords by argon2id with the second parameters of RFC 9106, counted in threads so that no request waits for it."""

import asyncio
import base64
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

THREADS_MAX = 2
"""Each holds 64 MiB while it counts."""
PASSWORD_CHARACTERS_MAX = 1000


class Passwords:
    """Hashes and verifies; an unknown login costs as much as a wrong password."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._nobodys_hash = nobodys_hash(self._hasher)
        self._threads = ThreadPoolExecutor(THREADS_MAX, thread_name_prefix="passwords")

    async def hash(self, password: str) -> str:
        """What may be stored of a password."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._hasher.hash, password)

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether this is the password; without a stored hash the same work is done and the answer is False."""
        given = password if len(password) <= PASSWORD_CHARACTERS_MAX else ""
        is_right: Callable[[str, str], bool] = self._is_right
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, is_right, stored or self._nobodys_hash, given)

    def needs_rehash(self, stored: str) -> bool:
        """Whether the hash was made under other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(cancel_futures=True)

    def _is_right(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def nobodys_hash(hasher: PasswordHasher) -> str:
    """A hash under today's parameters that no password has."""
    salt, digest = secrets.token_bytes(hasher.salt_len), secrets.token_bytes(hasher.hash_len)
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${_base64(salt)}${_base64(digest)}"


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")
