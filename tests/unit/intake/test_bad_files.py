"""Each bad file is refused with one sentence, before or while it is read."""

import io
import stat
import zipfile
from datetime import date

import pytest

from keepsight.intake.files import open_files, text_encoding
from keepsight.intake.rows import Context, FileRefused
from keepsight.intake.sources.cin import CINCensus

REGISTER = "UPN,PupilID,Surname,Forename,DOB,Postcode,Date,AM,PM\n"
LAUGHS = """<!DOCTYPE Message [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Message><Children><Child><LAchildID>&b;</LAchildID></Child></Children></Message>"""
OUTSIDE = (
    '<!DOCTYPE M [<!ENTITY x SYSTEM "file:///etc/passwd">]><Message><LAchildID>&x;</LAchildID>'
)
FAR_OFF = f"<!--{'x' * 70_000}-->"

BAD = {
    "empty": (b"", "empty"),
    "blank": (b"\xef\xbb\xbf \n", "empty"),
    "unknown": (b"# A note\nto somebody\n", "not in a format that Keepsight takes"),
    "other json": (b'{"name": "x"}', "not in a format that Keepsight takes"),
    "utf-16": (REGISTER.encode("utf-16"), "UTF-16"),
    "nul": (REGISTER.encode() + b"x" * 70_000 + b"\n\0", "NUL"),
    "neither encoding": (REGISTER.encode() + b",P\x81,,,,,2025-10-06,/,\n", "byte 55"),
    "200 columns": (",".join(f"c{i}" for i in range(200)).encode(), "has 200 columns"),
    "long line": (REGISTER.encode() + b"x" * 1_000_001, "longer than 1 MB"),
    "open quote": (REGISTER.encode() + b',"P1,,,,,2025-10-06,/,\n', "quotation marks"),
    "billion laughs": (LAUGHS.encode(), "document type"),
    "outside entity": (OUTSIDE.encode(), "document type"),
    "truncated xml": (b"<Message><Children><Child><LAchildID>C1</LAch", "ends too early"),
    "no child": (b"<Message><LEA>CIN</LEA><Collection>CIN</Collection></Message>", "no Child"),
    "xml in latin": ("<Message><LAchildID>é</LAchildID></Message>".encode("cp1252"), "UTF-8"),
    "truncated json": (b'{"resourceType": "Bundle", "entry": [{', "ends too early"),
    "deep json": (b'{"resourceType": ' + b"[" * 200_000, "nested too deeply"),
    "broken ndjson": (b'{"resourceType": "Flag"}\n{"resourceType": "Fl', "Line 2"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_one_sentence(parts_of, name):
    content, said = BAD[name]
    with pytest.raises(FileRefused) as refused:
        parts_of(content, name)
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_declaration_beyond_the_first_bytes_is_refused_too(parts_of):
    text = LAUGHS.replace("<!DOCTYPE", FAR_OFF + "<!DOCTYPE")

    stream = io.BytesIO(text.encode())
    today = date(2026, 5, 8)
    with pytest.raises(FileRefused):
        list(CINCensus().rows(stream, Context("x", "a", today, today)))


def zipped(*files, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for info, content in files:
            archive.writestr(info, content)
    return stream


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("a.csv", b"0" * 5_000_000)], "100 to 1"),
        ([("b.zip", b"x")], "archive inside an archive"),
        ([("../up.csv", b"x")], "unsafe path"),
        ([("/root.csv", b"x")], "unsafe path"),
        ([("C:\\x.csv", b"x")], "unsafe path"),
        ([(link("l.csv"), b"/etc/passwd")], "is a link"),
        ([("[Content_Types].xml", b"x")], "is a document"),
        ([], "no file in it"),
    ],
)
def test_a_zip_that_is_not_sane_is_refused_before_anything_is_opened(files, said):
    stream = zipped(("good.csv", b"x"), *files) if files else io.BytesIO(b"PK\3\4" + b"\0" * 40)
    with pytest.raises(FileRefused) as refused:
        list(open_files("feed.zip", stream))
    assert said in str(refused.value) or not files


def test_a_zip_that_would_unpack_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("keepsight.intake.readers.archive.LARGEST_TOTAL", 10)
    with pytest.raises(FileRefused, match="more than 2 GiB"):
        list(open_files("feed.zip", zipped(("a.csv", b"0123456"), ("b.csv", b"0123456"))))


def test_a_damaged_member_is_refused():
    line = ",P1,,,,,2025-10-06,/,\\\n"
    stream = zipped(("r.csv", REGISTER + line * 9), compression=zipfile.ZIP_STORED)
    damaged = stream.getvalue().replace(b"P1,", b"P2,", 1)
    opening = open_files("feed.zip", io.BytesIO(damaged))
    _, opened = next(opening)
    with pytest.raises(FileRefused, match="damaged"):
        text_encoding(opened)


def test_each_file_of_a_good_zip_is_opened(parts_of):
    stream = zipped(("in/r.csv", REGISTER + ",P1,,,,,2025-10-06,/,\\\n"), ("s.csv", "x"))
    assert [name for name, _ in open_files("feed.zip", stream)] == ["in/r.csv", "s.csv"]
