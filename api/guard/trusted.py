"""The documents that our own clients were built with, named by the hash of their text.

The manifest is made by the phone app's build and only ever grows, so that every version of the
app in use finds its documents. Nobody can register one over the network.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from api.guard.documents import Document, Documents, hash_text
from api.guard.refusal import Refusal, entry

TRUSTED_ID = re.compile(r"sha256:[0-9a-f]{64}")


class ManifestBroken(Exception):
    """The manifest file is not an object of texts under the hashes of these texts."""


def read_manifest(path: Path) -> dict[str, str]:
    """The texts by id; empty when the file does not exist, for an app that was never built.

    Raises ManifestBroken when a text does not have the hash that names it.
    """
    if not path.exists():
        return {}
    read: object = json.loads(path.read_text("utf-8"))
    if not isinstance(read, dict):
        raise ManifestBroken(f"{path} must hold one JSON object.")
    manifest: dict[str, str] = {}
    for trusted_id, text in read.items():  # pyright: ignore[reportUnknownVariableType] - checked below
        if not isinstance(text, str) or trusted_id != f"sha256:{hash_text(text)}":
            raise ManifestBroken(f"{path} names a document by a wrong hash: {trusted_id}.")
        manifest[trusted_id] = text
    return manifest


class TrustedDocuments:
    """The manifest, opened against the schema when the process starts.

    A document of an old app that no longer fits the schema stays in `broken` and is refused
    with its reason when it is called, so that it never stops the others from being served.
    """

    def __init__(self, documents: Documents, manifest: Mapping[str, str]) -> None:
        self._opened: dict[str, Document] = {}
        self.broken: dict[str, Refusal] = {}
        for trusted_id, text in manifest.items():
            try:
                self._opened[trusted_id] = documents.check(text, trusted_id.removeprefix("sha256:"), trusted_id)
            except Refusal as refusal:
                self.broken[trusted_id] = refusal

    def opened(self) -> list[Document]:
        """Every document that fits the schema, for plans to be compiled at start."""
        return list(self._opened.values())

    def find(self, document_id: str) -> Document:
        """The document of an id; raises Refusal with PERSISTED_DOCUMENT_NOT_FOUND."""
        document = self._opened.get(document_id)
        if document is not None:
            return document
        if document_id in self.broken:
            raise self.broken[document_id].with_traceback(None)
        raise not_found("PERSISTED_DOCUMENT_NOT_FOUND", "No trusted document has this id.")

    def find_persisted(self, sha256_hash: str) -> Document | None:
        """The document that an Apollo client names by the bare hash, or None."""
        return self._opened.get(f"sha256:{sha256_hash}")


def not_found(code: str, message: str) -> Refusal:
    """Refuses a document id that is not in the manifest, never to be stored by a cache."""
    return Refusal(
        [entry(code, message)],
        status=400,
        legacy_status=200,
        headers={"Cache-Control": "no-store"},
    )
