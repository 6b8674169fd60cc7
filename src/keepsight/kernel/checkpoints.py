"""Checkpoints: what a log says of itself, in the form of C2SP’s tlog-checkpoint and signed-note.

A checkpoint is a few lines of text: the log’s name (its origin), how many leaves it has, and the
root over them in Base64; then a blank line, and a line for each signature.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256

from keepsight.kernel.merkle import HASH_SIZE

ED25519 = b"\x01"
"""The type of signature, as signed-note numbers them."""

DASH = "\N{EM DASH} "
NAME = re.compile(r"[^\s+]+")
SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


class BadCheckpoint(ValueError):
    """A text that is no checkpoint, or no key of one; the message says why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How many leaves a log had, and the root over all of them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who signed, which of their keys, and the signature itself."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint with its signatures, and the very text that they are over."""

    checkpoint: Checkpoint
    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a log’s key: whoever has it can check what the log has signed."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell a name’s keys apart, as signed-note reckons them."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(ED25519 + self.public).decode()}"


def read_key(text: str) -> VerifierKey:
    """A verifier key from its one line, such as `keepsight.example+1a2b3c4d+AbC…`."""
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    key = VerifierKey(name, _bytes(encoded, "the key")[1:])
    if not NAME.fullmatch(name) or len(key.public) != 32 or str(key) != text.strip():
        raise BadCheckpoint(
            "This is not a verification key: it must be name+id+key, where the id belongs to both."
            f" It gives the id “{key_id}”."
        )
    return key


def note_of(checkpoint: Checkpoint, key: VerifierKey, signature: bytes) -> str:
    """A checkpoint with one signature, as it is published and kept."""
    encoded = b64encode(key.key_id + signature).decode()
    return f"{checkpoint.text()}\n{DASH}{key.name} {encoded}\n"


def read_note(note: str) -> Signed:
    """A checkpoint and its signatures from the text of it. The signatures are not checked here."""
    body, blank, signatures = note.rpartition("\n\n")
    if not blank or not signatures.endswith("\n"):
        raise BadCheckpoint("A checkpoint ends with a blank line and lines of signatures.")
    lines = body.split("\n")
    if len(lines) < 3 or not NAME.fullmatch(lines[0]):
        raise BadCheckpoint("A checkpoint begins with three lines: a name, a size and a root.")
    if not SIZE.fullmatch(lines[1]):
        raise BadCheckpoint(f"The size of a checkpoint is a whole number, not “{lines[1]}”.")
    root = _bytes(lines[2], "the root")
    if len(root) != HASH_SIZE:
        raise BadCheckpoint(f"The root of a checkpoint has 32 bytes, not {len(root)}.")
    found = tuple(_signature(line) for line in signatures.removesuffix("\n").split("\n"))
    return Signed(Checkpoint(lines[0], int(lines[1]), root), f"{body}\n", found)


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not NAME.fullmatch(name) or not encoded:
        raise BadCheckpoint("A signature line is a long dash, a name, and the signature.")
    said = _bytes(encoded, "the signature")
    return Signature(name, said[:4], said[4:])


def _bytes(text: str, what: str) -> bytes:
    """What stands in Base64, in the one way in which that can be written."""
    try:
        said = b64decode(text, validate=True)
    except (NotBase64, ValueError):
        said = b""
    if b64encode(said).decode() != text:
        raise BadCheckpoint(f"In a checkpoint {what} is written in Base64.")
    return said
