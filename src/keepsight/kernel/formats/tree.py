"""An XML file as plain values, so that what is done with it needs no parser."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Node:
    """One element: its local name, its text as it stands, and what is in it, in order.

    `text` is what comes before the first child. `loose` is text that stands between or after
    children, blank text left out. `attributes` are names only: no format here gives them meaning.
    """

    name: str
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    attributes: tuple[str, ...] = ()

    def child(self, name: str) -> "Node | None":
        """The first child of a name."""
        return next((each for each in self.children if each.name == name), None)
