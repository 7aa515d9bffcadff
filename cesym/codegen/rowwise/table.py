"""The losses of rows that are known: a row of programs for each.

A page is exported when the prover shows that what it exports is what one of these rows computes.
Nothing else is asked of it: not its names, and not how it writes the loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cesym.codegen.rowwise.programs import program


@dataclass(frozen=True, slots=True)
class Input:
    """An argument of the functions: its `name` in the code, and its `role` in the programs.

    `declared` is what the page declares for it: a name for each, to write `entry` with, and the
    kind that it must be of, a key of `cesym.codegen.rowwise.forms.KINDS`. `entry` is the formula
    of the argument at the class {i}; {K} is the number of classes. `reader` is the helper that
    makes an array of what is given, with the parameters `also`, and with `options`, which stand
    with their types and what they are if they are not given.
    """

    role: str
    name: str
    declared: Mapping[str, str]
    entry: str
    reader: str = "_real"
    options: tuple[str, ...] = ()

    also: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that are given in their order."""
        return (self.name, *self.also)


@dataclass(frozen=True, slots=True)
class Partial:
    """The derivative of a function in one of its arguments, as programs.

    For a function that gives a number for each row `forward` is the row of its derivatives. For a
    function that gives a row, it is the derivative along the row v, and `backward` the row of
    the sums of v times the derivatives; they are the same where the derivatives are symmetric.
    `of` is the formula that is differentiated, if it is not what the page exports.
    """

    forward: str
    backward: str | None = None


@dataclass(frozen=True, slots=True)
class RowForm:
    """A loss of rows: programs for what a page exports.

    `numbers` are the exports that give a number for each row, `rows` those with an entry for
    every class. `classes` says what each export is if the target is a class, in the plain language
    ({j}: the class, {z} and so on: the names of the declarations), where a target can be a class.
    `partials` are derivatives: of (function, role). `more` are functions that only these need.
    """

    name: str
    inputs: tuple[Input, ...]
    numbers: Mapping[str, str]
    rows: Mapping[str, str]
    partials: Mapping[tuple[str, str], Partial]
    more: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)

    @property
    def programs(self) -> Mapping[str, str]:
        """Every exported function and its program."""
        return {**self.numbers, **self.rows}

    def every(self) -> Mapping[str, str]:
        """The exported functions, and those that are needed for the derivatives."""
        return {**self.programs, **self.more}

    def depends(self, name: str, role: str) -> bool:
        """Whether a function depends on an argument."""
        return any(node.leaf == role for node in program(self.every()[name]).walk())

    def input(self, role: str) -> Input:
        """The argument of a role."""
        return next(given for given in self.inputs if given.role == role)

    @property
    def logits(self) -> tuple[str, ...]:
        """The roles of the arguments that are rows of logits."""
        return tuple(g.role for g in self.inputs if "logits" in g.declared.values())


def _row(role: str, kind: str, name: str = "") -> Input:
    return Input(role, name or role, {role: kind}, f"{{{role}}}[{{i}}]")


LOGITS = _row("z", "logits")
TARGET = Input(
    *("p", "target", {"p": "target"}, "{p}[{i}]", "_targets"),
    ("ignore_index: int | None = None", "label_smoothing: float = 0.0"),
)
LABEL = Input(
    *("p", "target", {"c": "class", "a": "share"}, "((1 - {a})*delta({i}, {c}) + {a}/{K})"),
    *("_smoothed", ("ignore_index: int | None = None",), ("smoothing",)),
)
TEMPERATURE = Input("T", "temperature", {"T": "positive"}, "{T}", "_numbers")

CROSS_ENTROPY = RowForm(
    "cross-entropy",
    (LOGITS, TARGET),
    numbers={"loss": "chosen(p, surprise(z))"},
    rows={"gradient": "against(p, power(z), others(z))/total(z)"},
    more={"surprise": "surprise(z)"},
    classes={"loss": "logsumexp({z}) - {z}[{j}]", "gradient": "softmax({z})[{j}] - 1"},
    partials={
        ("loss", "z"): Partial("gradient"),
        ("loss", "p"): Partial("surprise"),
        ("gradient", "z"): Partial("softmax(z)*(v - plain_sum(softmax(z)*v))"),
        ("gradient", "p"): Partial("-v"),
        ("surprise", "z"): Partial("plain_sum(softmax(z)*v) - v", "softmax(z)*plain_sum(v) - v"),
    },
)
"""Minus the sum of a target times the logarithm of a softmax."""

TEMPERED = RowForm(
    "cross-entropy at a temperature",
    (LOGITS, TARGET, TEMPERATURE),
    numbers={"loss": "chosen(p, surprise(z, T))"},
    rows={"gradient": "against(p, power(z, T), others(z, T))/total(z, T)/T"},
    more={"surprise": "surprise(z, T)"},
    classes={
        "loss": "logsumexp({z}/{T}) - {z}[{j}]/{T}",
        "gradient": "(softmax({z}/{T})[{j}] - 1)/{T}",
    },
    partials={
        ("loss", "z"): Partial("gradient"),
        ("loss", "p"): Partial("surprise"),
        ("gradient", "z"): Partial("softmax(z/T)*(v - plain_sum(softmax(z/T)*v))/T/T"),
        ("gradient", "p"): Partial("-v/T"),
        ("surprise", "z"): Partial(
            "(plain_sum(softmax(z/T)*v) - v)/T", "(softmax(z/T)*plain_sum(v) - v)/T"
        ),
    },
)
"""The same of logits that are divided by a temperature."""

SMOOTHED = RowForm(
    "cross-entropy of a smoothed label",
    (LOGITS, LABEL),
    numbers={"loss": "chosen(p, surprise(z))"},
    rows={"gradient": "against(p, power(z), others(z))/total(z)"},
    partials={
        ("loss", "z"): Partial("gradient"),
        ("gradient", "z"): Partial("softmax(z)*(v - plain_sum(softmax(z)*v))"),
    },
)
"""The cross-entropy of a class of which a part is spread out over all classes."""

DIVERGENCE_OF_LOGITS = RowForm(
    "divergence of logits",
    (_row("w", "logits"), LOGITS),
    numbers={"loss": "sum(excess_of_logs(share(w), share(z), gap(w, z)))"},
    rows={"gradient": "tilt(share(w), share(z), gap(w, z))"},
    partials={
        ("loss", "z"): Partial("gradient"),
        ("gradient", "z"): Partial("softmax(z)*(v - plain_sum(softmax(z)*v))"),
    },
)
"""The divergence of the softmax of z from that of w, and its gradient in z."""

DIVERGENCE = RowForm(
    "divergence of probabilities",
    (_row("p", "probabilities"), _row("q", "probabilities")),
    numbers={"loss": "sum(excess(p, q))"},
    rows={"gradient": "pull(p, q)"},
    partials={("loss", "q"): Partial("gradient"), ("gradient", "q"): Partial("p*v/(q*q)")},
)
"""The divergence of q from p, and its gradient in q, of positive numbers that need no sum of 1."""

ENTROPY_OF_LOGITS = RowForm(
    "entropy of logits",
    (LOGITS,),
    numbers={"entropy": "log1p(rest(z)) + sum(weigh(power(z), below(z)))/total(z)"},
    rows={"gradient": "weigh(share(z), below(z) - sum(weigh(power(z), below(z)))/total(z))"},
    partials={
        ("entropy", "z"): Partial("gradient"),
        ("gradient", "z"): Partial(
            "softmax(z)*plain_sum(softmax(z)*v"
            "*(log_softmax(z) - plain_sum(softmax(z)*log_softmax(z))))"
            " - softmax(z)*(v - plain_sum(softmax(z)*v))"
            "*(log_softmax(z) - plain_sum(softmax(z)*log_softmax(z)) + 1)"
        ),
    },
)
"""The entropy of a softmax, and its gradient."""

ENTROPY = RowForm(
    "entropy of probabilities",
    (_row("p", "probabilities"),),
    numbers={"entropy": "sum(weigh(p, -log(p)))"},
    rows={"gradient": "-log(p) - 1"},
    partials={("entropy", "p"): Partial("gradient"), ("gradient", "p"): Partial("-v/p")},
)
"""The entropy of positive numbers that need no sum of 1, and its gradient."""

ALONG = RowForm(
    "product with the second derivatives of the cross-entropy",
    (LOGITS, _row("v", "direction")),
    numbers={},
    rows={"along": "share(z)*(v - sum(share(z)*v))"},
    partials={},
)
"""What no page exports by itself: the Jacobian of the softmax, times a row v."""

ROW_FORMS: tuple[RowForm, ...] = (
    *(CROSS_ENTROPY, TEMPERED, SMOOTHED),
    *(DIVERGENCE_OF_LOGITS, DIVERGENCE),
    *(ENTROPY_OF_LOGITS, ENTROPY),
)
"""Every loss of rows, in the order in which a page is held against them."""
