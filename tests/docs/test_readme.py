"""What the documents name exists: commands, files, links and words."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer.main

from keepsight.cli.app import app

ROOT = Path(__file__).parents[2]
WRITTEN = ("README.md", "CONTRIBUTING.md", "GLOSSARY.md", "THREAT_MODEL.md")
DOCUMENTS = sorted([*(ROOT / name for name in WRITTEN), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FILE = re.compile(r"`((?:src|tests|docs|tools)/[^`<>*\s]+)`")
OUTSIDE = re.compile(r"^(https?|mailto):")

WORDS = (
    *("Agency", "Area", "Subject record", "Child", "Link", "Event", "Harm", "Indicator", "Alert"),
    *("Duty", "Obligation", "Known on", "Referral", "Strategy discussion", "Section 47", "ICPC"),
    *("Return home interview", "N code", "O code", "Front door", "Tier", "Sight", "Quarantine"),
    *("Remark", "Revision", "Withdrawn"),
)
"""The words that the project’s design gives, and terms of the field that the code uses."""

NOT_TAKEN = ("django-rls", "django-rls-tenants", "pytest-django", "react", "vue", "angular")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def doors() -> set[str]:
    """The commands of ./run, as it lists them itself."""
    listing = subprocess.run(
        ["bash", str(ROOT / "run")], capture_output=True, text=True, check=True
    )
    return set(re.findall(r"^  (\w+)", listing.stdout, re.MULTILINE))


def test_every_run_command_in_a_document_exists(doors: set[str]) -> None:
    for document in DOCUMENTS:
        used = set(re.findall(r"\./run (\w+)", document.read_text(encoding="utf-8")))
        assert used <= doors, named(document)


def test_the_readme_names_every_run_command(readme: str, doors: set[str]) -> None:
    assert set(re.findall(r"\./run (\w+)", readme)) == doors


def test_the_readme_names_every_command_and_option_of_the_demo(readme: str) -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    shown = {name for name, command in commands.items() if not command.hidden}
    listed = re.search(r"with a command of its own: ([^.]+)\.", readme)
    assert listed
    assert {word.split()[0] for word in re.findall(r"`([^`]+)`", listed[1])} == shown
    options = {each for each in re.findall(r"`(--[\w-]+)`", readme) if each != "--feed"}
    assert options == {name for option in commands["demo"].params for name in option.opts}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_relative_link_resolves(document: Path) -> None:
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        if OUTSIDE.match(target):
            continue
        path, _, anchor = target.partition("#")
        found = document.parent / path if path else document
        assert found.exists(), f"{named(document)}: {target}"
        if anchor:
            assert anchor in anchors(found), f"{named(document)}: {target}"


def anchors(document: Path) -> set[str]:
    """The anchors of a document’s headings, as they are made from their words."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    for path in FILE.findall(document.read_text(encoding="utf-8")):
        assert (ROOT / path).exists(), f"{named(document)}: {path}"


def test_the_glossary_has_every_word() -> None:
    entries = re.findall(r"^- (\*\*.+?):", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    words = {word for entry in entries for word in re.findall(r"\*\*(.+?)\*\*", entry)}
    assert [word for word in WORDS if word not in words] == []


GLOSSARY = ROOT / "GLOSSARY.md"
DESIGN = ROOT.parent / "shared" / "design.md"


@pytest.mark.skipif(not DESIGN.is_file(), reason="the design is not beside this repository")
def test_the_glossary_has_every_word_of_the_design() -> None:
    section = DESIGN.read_text(encoding="utf-8").split("\n## Words\n")[1].split("\n## ")[0]
    given = set(re.findall(r"\*\*(.+?)\*\*", section))
    assert given
    glossary = GLOSSARY.read_text(encoding="utf-8").lower()
    assert [word for word in sorted(given) if f"**{word.lower()}**" not in glossary] == []


def test_the_generated_pages_are_all_in_the_index() -> None:
    folder = ROOT / "docs" / "reference" / "generated"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in folder.glob("*.md")} - {"README.md"}
    others = pages | {f"{path.parent.name}/{path.name}" for path in folder.glob("*/README.md")}
    assert others == set(LINK.findall(index))


def test_every_decision_has_its_parts_and_is_in_the_index() -> None:
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    decisions = sorted(folder.glob("0*.md"))
    assert [path.name for path in decisions] == LINK.findall(index)
    for number, path in enumerate(decisions, start=1):
        text = path.read_text(encoding="utf-8")
        assert path.name.startswith(f"{number:04}-")
        assert re.match(rf"# {number}\. ", text), named(path)
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences", "Compliance"], named(path)


def test_nothing_that_was_decided_against_is_a_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    python = {re.split(r"[\[<>=~! ]", each)[0].lower() for group in groups for each in group}
    node = (ROOT / "package.json").read_text(encoding="utf-8")
    assert [name for name in NOT_TAKEN if name in python or f'"{name}"' in node] == []


def test_the_licence_is_the_one_that_the_package_states() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith(f"{project['license']} License\n\nCopyright (c) 2026 Keepsight ")
