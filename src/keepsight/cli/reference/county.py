"""The page of the made-up county: its data card."""

from keepsight.cli.reference.markdown import cited
from keepsight.synthetic import data_card

TITLE, ABOUT = data_card.TITLE, data_card.ABOUT


def body() -> str:
    return cited(data_card.body())
