"""How far exported code is off: against exact values, on grids or at every number of a format."""

from cesym.codegen.measuring.api import ulp
from cesym.codegen.measuring.report import Report, Row

__all__ = ["Report", "Row", "ulp"]
