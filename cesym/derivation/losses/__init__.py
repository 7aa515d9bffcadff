"""A loss that the user brings: read, looked at, and written as a page that is then derived."""

from cesym.derivation.losses.links import Links
from cesym.derivation.losses.loss import Link, Loss
from cesym.derivation.losses.page import loss_page
from cesym.derivation.losses.reading import Formula, read_loss

__all__ = ["Formula", "Link", "Links", "Loss", "loss_page", "read_loss"]
