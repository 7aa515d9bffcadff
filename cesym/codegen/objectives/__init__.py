"""Objectives of training: the mean loss of a linear model, its gradient, and products with its
second derivatives.
"""

from cesym.codegen.objectives.forms import Objective, objective_of
from cesym.codegen.objectives.writer import TARGETS, module

__all__ = ["TARGETS", "Objective", "module", "objective_of"]
