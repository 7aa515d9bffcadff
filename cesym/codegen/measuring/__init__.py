"""How far exported code is off: against exact values, on grids or at every number of a format."""

from cesym.codegen.measuring.api import Report, Row, ulp

__all__ = ["Report", "Row", "ulp"]
