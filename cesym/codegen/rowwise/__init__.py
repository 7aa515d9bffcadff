"""Losses of whole rows: of logits and a target, one number for every class."""

from cesym.codegen.rowwise.forms import RowLoss, row_loss_of
from cesym.codegen.rowwise.writer import TARGETS, module

__all__ = ["TARGETS", "RowLoss", "module", "row_loss_of"]
