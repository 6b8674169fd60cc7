"""What is put before a person."""

import pytest

from keepsight.kernel.linkage.questions import kept_by_its_number

UPN, OTHER = "A998200125001", "B998200125002"


@pytest.mark.parametrize(
    ("records", "is_so"),
    [
        ([("P1", UPN), (UPN, UPN)], True),
        ([("P1", UPN), ("P2", UPN), (UPN, UPN)], True),
        ([("P1", UPN), ("P2", UPN)], False),
        ([("P1", OTHER), (UPN, UPN)], False),
        ([("P1", None), (UPN, UPN)], False),
        ([("P1", None), ("P2", None)], False),
    ],
)
def test_a_transfer_files_own_record_is_no_duplicate(
    records: list[tuple[str, str | None]], is_so: bool
) -> None:
    assert kept_by_its_number(*records) is is_so
