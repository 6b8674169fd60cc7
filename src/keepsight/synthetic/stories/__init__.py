"""Exploited children: who they are, and how it shows in the records of several agencies."""

from keepsight.synthetic.stories.choose import Storyline, choose
from keepsight.synthetic.stories.echoes import Echo, echo
from keepsight.synthetic.stories.unfold import Told, unfold

__all__ = ["Echo", "Storyline", "Told", "choose", "echo", "unfold"]
