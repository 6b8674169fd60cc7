"""Checkpoints are read and written as C2SP says, and what is not one is refused with a reason."""

from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from keepsight.audit.keys import is_signed_by, new_key, read_signing_key
from keepsight.kernel.checkpoints import (
    BadCheckpoint,
    Checkpoint,
    VerifierKey,
    read_key,
    read_note,
)

ROOT = sha256(b"a tree").digest()
KEY = new_key("log.keepsight.example")
CHECKPOINT = Checkpoint("log.keepsight.example", 1_234, ROOT)
NOTE = KEY.sign(CHECKPOINT)

PUBLISHED = (
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
)
"""Verification keys that are published by others: their ids must come out the same."""


@pytest.mark.parametrize("text", PUBLISHED)
def test_a_key_published_elsewhere_has_the_id_that_it_is_published_with(text: str) -> None:
    assert str(read_key(f"{text}\n")) == text


def test_a_signature_made_elsewhere_holds() -> None:
    """The example in the documentation of Go's package note, which C2SP's form comes from."""
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    said = b64decode(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJ"
        "nAM="
    )
    key = read_key(PUBLISHED[1])
    assert said[:4] == key.key_id
    Ed25519PublicKey.from_public_bytes(key.public).verify(said[4:], text.encode())


def test_a_note_is_three_lines_a_blank_one_and_a_signature() -> None:
    *lines, blank, signature, end = NOTE.split("\n")
    assert lines == ["log.keepsight.example", "1234", b64encode(ROOT).decode()]
    assert (blank, end) == ("", "")
    assert signature.startswith("— log.keepsight.example ")


def test_what_was_signed_is_read_again_and_its_signature_holds() -> None:
    signed = read_note(NOTE)
    assert signed.checkpoint == CHECKPOINT
    assert is_signed_by(signed, [KEY.verifier])
    assert is_signed_by(signed, [new_key("another").verifier, KEY.verifier])


def test_a_key_is_read_again_from_its_line() -> None:
    again = read_signing_key(f"{KEY}\n")
    assert again.sign(CHECKPOINT) == NOTE
    assert read_key(str(KEY.verifier)) == KEY.verifier


def test_more_lines_and_more_signatures_are_kept_and_signed() -> None:
    text = f"{CHECKPOINT.text()}something more\n"
    note = f"{text}\n— witness.example {b64encode(b'1234' + bytes(64)).decode()}\n"
    signed = read_note(note)
    assert (signed.checkpoint, signed.text) == (CHECKPOINT, text)
    assert not is_signed_by(signed, [KEY.verifier])


@pytest.mark.parametrize("at", range(len(NOTE.encode())))
def test_no_byte_can_be_changed_unseen(at: int) -> None:
    changed = bytearray(NOTE.encode())
    changed[at] ^= 1
    try:
        signed = read_note(changed.decode())
    except (BadCheckpoint, UnicodeDecodeError):
        return
    assert not is_signed_by(signed, [KEY.verifier])


def test_another_key_or_another_name_does_not_count() -> None:
    signed = read_note(NOTE)
    assert not is_signed_by(signed, [])
    assert not is_signed_by(signed, [new_key("log.keepsight.example").verifier])
    assert not is_signed_by(signed, [VerifierKey("another.example", KEY.verifier.public)])
    foreign = read_note(KEY.sign(Checkpoint("another.example", 1_234, ROOT)))
    assert not is_signed_by(foreign, [KEY.verifier])


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("", "ends with a blank line"),
        (CHECKPOINT.text(), "ends with a blank line"),
        (NOTE.removesuffix("\n"), "ends with a blank line"),
        (f"a\n1\n\n{NOTE.splitlines()[-1]}\n", "three lines"),
        (NOTE.replace("1234", "01234"), "whole number"),
        (NOTE.replace("1234", "many"), "whole number"),
        (NOTE.replace(b64encode(ROOT).decode(), "AAAA"), "32 bytes, not 3"),
        (NOTE.replace(b64encode(ROOT).decode(), "not base64!"), "Base64"),
        (NOTE.replace("— ", "-- "), "long dash"),
        (f"{CHECKPOINT.text()}\n— log.keepsight.example\n", "long dash"),
        (f"{CHECKPOINT.text()}\n— log.keepsight.example AAB=\n", "Base64"),
    ],
)
def test_what_is_no_checkpoint_is_refused_with_a_reason(note: str, why: str) -> None:
    with pytest.raises(BadCheckpoint, match=why):
        read_note(note)


@pytest.mark.parametrize(
    "text",
    ["", "a+b", str(KEY.verifier).replace("+", "+0", 1), "a b+00000000+AAAA", f"{KEY}"],
    ids=["nothing", "two parts", "another id", "a space in the name", "a private key"],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadCheckpoint):
        read_key(text)
    with pytest.raises(BadCheckpoint):
        read_signing_key(f"PRIVATE+KEY+{text}")
