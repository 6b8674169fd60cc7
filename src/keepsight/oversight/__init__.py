"""How well we all do: action plans, figures for an area, inspection."""
