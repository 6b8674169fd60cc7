"""A worker that takes in what waits, in a process of its own: `python -m tests.factories.worker`.

It says when it is ready, works until nothing waits, and ends. Tests kill it.
"""

import tests.conftest  # noqa: F401 - it says which database and which settings
from keepsight.intake.reading.reader import Reader
from keepsight.intake.working import take_in_waiting
from tests.factories.roles import acting_as


def main() -> None:
    with acting_as("batch"), Reader() as reader:
        print("ready", flush=True)
        take_in_waiting(reader=reader)


if __name__ == "__main__":
    main()
