"""The key that signs the log’s checkpoints, and the check of what it has signed.

The private key is made at first need and kept under `var`, readable by its user only. Where
`KEEPSIGHT_CHECKPOINT_KEY` is set, that is the key. The name in it is the name of the log.
"""

import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from keepsight.engines.keeping import made_once
from keepsight.engines.paths import var
from keepsight.kernel.checkpoints import (
    ED25519,
    BadCheckpoint,
    Checkpoint,
    Signed,
    VerifierKey,
    note_of,
)

PRIVATE = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Both halves of the key."""

    verifier: VerifierKey
    private: Ed25519PrivateKey

    def sign(self, checkpoint: Checkpoint) -> str:
        """The checkpoint with our signature, as it is published."""
        return note_of(checkpoint, self.verifier, self.private.sign(checkpoint.text().encode()))

    def __str__(self) -> str:
        seed = b64encode(ED25519 + self.private.private_bytes_raw()).decode()
        return f"{PRIVATE}{self.verifier.name}+{self.verifier.key_id.hex()}+{seed}"


def signing_key() -> SigningKey:
    """`KEEPSIGHT_CHECKPOINT_KEY`, else the key under `var`, which is made if it is not there."""
    if given := os.environ.get("KEEPSIGHT_CHECKPOINT_KEY"):
        return read_signing_key(given)
    return read_signing_key(made_once(_path(), _new_line))


def own_verifier_key() -> VerifierKey | None:
    """The public half of the key that there is; it makes none."""
    there = "KEEPSIGHT_CHECKPOINT_KEY" in os.environ or _path().exists()
    return signing_key().verifier if there else None


def new_key(name: str) -> SigningKey:
    """A key made at random for a log of this name."""
    return _key(name, Ed25519PrivateKey.generate())


def read_signing_key(text: str) -> SigningKey:
    """A signing key from its one line, as `str` writes it."""
    name, _, rest = text.strip().removeprefix(PRIVATE).partition("+")
    try:
        seed = b64decode(rest.partition("+")[2], validate=True)
        key = _key(name, Ed25519PrivateKey.from_private_bytes(seed[1:]))
    except ValueError:
        raise BadCheckpoint("The key that signs checkpoints cannot be read.") from None
    if str(key) != text.strip():
        raise BadCheckpoint("The key that signs checkpoints does not fit its own name and id.")
    return key


def is_signed_by(signed: Signed, keys: Collection[VerifierKey]) -> bool:
    """Whether one of the keys has signed the checkpoint, under the log’s own name."""
    return any(
        key.name == each.name == signed.checkpoint.origin
        and key.key_id == each.key_id
        and _fits(key, each.signature, signed.text.encode())
        for each in signed.signatures
        for key in keys
    )


def _fits(key: VerifierKey, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text)
    except InvalidSignature:
        return False
    return True


def _new_line() -> str:
    return f"{new_key(f'keepsight-{secrets.token_hex(4)}')}\n"


def _path() -> Path:
    return var() / "checkpoint-key"


def _key(name: str, private: Ed25519PrivateKey) -> SigningKey:
    return SigningKey(VerifierKey(name, private.public_key().public_bytes_raw()), private)
