"""Floor 5: numeric code from the results of a derivation.

What is written computes forms that are proved equal to the exported results, and only if their
accuracy over all floats is shown; no other code is written.
"""

from cesym.codegen.api import SETTINGS, TARGETS, export, header, lambdify

__all__ = ["SETTINGS", "TARGETS", "export", "header", "lambdify"]
