"""The mistakes that are looked for, the simplest first: one line each."""

from __future__ import annotations

from dataclasses import dataclass

from cesym.messages import N_
from cesym.prover.diagnosis import domains, formulas, structure
from cesym.prover.diagnosis.problem import Repair


@dataclass(frozen=True, slots=True)
class Row:
    """A mistake: its name, what is said of it (a text of the catalogue with the fields that its
    repair gives), and the repair. `trivial` when the repaired claim may say that a thing is equal
    to itself; `bounds` when the row is for inequalities too. There most changes would only make the
    bound so weak that it says nothing.
    """

    name: str
    text: str
    repair: Repair
    trivial: bool = False
    bounds: bool = False


TABLE = (
    Row("strictness", N_("equality occurs"), formulas.strictness, bounds=True),
    Row("direction", N_("the inequality is the wrong way round"), formulas.direction, bounds=True),
    Row("swapped", N_("{first} and {second} are exchanged"), formulas.swapped, trivial=True),
    Row("sign", N_("a sign is wrong"), formulas.sign),
    Row("factor", N_("a factor {factor} is missing"), formulas.factor, bounds=True),
    Row("log base", N_("the base of a logarithm or power is wrong"), formulas.log_base,
        trivial=True),
    Row("hard labels", N_("true for hard labels: {where}"), domains.hard_labels, bounds=True),
    Row("label convention", N_("true for other labels: {where}"), domains.label_convention,
        bounds=True),
    Row("two classes", N_("true for two classes: {where}"), domains.two_classes, bounds=True),
    Row("exponent", N_("an exponent is wrong"), formulas.exponent),
    Row("chain factor", N_("a factor {factor} of the chain rule is missing or too many"),
        structure.chain_factor),
    Row("constraint", N_("a condition is missing: {where}"), domains.constraint, bounds=True),
    Row("constant", N_("the number is {instead}, not {number}"), formulas.constant, bounds=True),
    Row("argument", N_("the argument is {instead}, not {name}"), formulas.argument),
    Row("extra part", N_("{part} is too many"), structure.extra_part),
    Row("inner factor", N_("a factor {factor} is missing in a part of it"), formulas.inner_factor),
    Row("index", N_("the index is {instead}, not {index}"), structure.wrong_index),
    Row("sum", N_("the sum over {index} is missing"), structure.missing_sum),
    Row("symbol", N_("{instead} is meant where {symbol} stands"), structure.wrong_symbol),
    Row("normaliser", N_("{instead} is meant where {part} stands"), structure.normaliser),
    Row("product for sum", N_("a product stands where a sum is meant"),
        structure.product_for_sum),
    Row("diagonal", N_("the derivatives off the diagonal are missing"), structure.diagonal),
    Row("value", N_("the value is {value}"), formulas.stated_value),
    Row("dropped factor", N_("a factor {factor} is missing"), structure.dropped_factor),
    Row("dropped term", N_("a term {term} is missing"), structure.dropped_term),
)  # fmt: skip
