"""Exploited children: who they are, and how it shows in the records of several agencies."""

from keepsight.synthetic.stories.choose import Storyline, choose
from keepsight.synthetic.stories.innocent import InnocentSigns, add_innocent
from keepsight.synthetic.stories.unfold import Told, unfold

__all__ = ["InnocentSigns", "Storyline", "Told", "add_innocent", "choose", "unfold"]
