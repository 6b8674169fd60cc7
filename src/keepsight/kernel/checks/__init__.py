"""What is wrong with a return before anybody uses it: rules as tables, on plain values.

Nothing here reads a file. `cin` and `ssda903` each give their rules and a function from what a
reader found to findings.
"""

from keepsight.kernel.checks.rule import Finding, Rule, Severity

__all__ = ["Finding", "Rule", "Severity"]
