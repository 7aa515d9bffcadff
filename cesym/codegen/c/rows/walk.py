"""Row programs in C: the lines that compute one row, class by class, in pairs.

What a row has once, as a sum, gets a line of its own, with a loop; what it has for every class is
worked out where it is used. The operations are functions of `support/rows_walk.c`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from cesym.codegen.nodes import ARGUMENT, NUMBER, Node
from cesym.codegen.rowwise.programs import program
from cesym.codegen.rowwise.table import RowForm

LOOP = "for (size_t k = 0; k < n; k++)"

ENTRYWISE: Mapping[str, str] = MappingProxyType(
    {
        **{"+": "@plus_pp", "-": "@minus_pp", "*": "@times_pp", "/": "@over_tidy_pp"},
        **{"neg": "@neg_p", "log": "@log_tidy", "log1p": "@log_sum_p"},
        **{name: f"@{name}" for name in ("weigh", "excess", "excess_of_logs", "tilt", "pull")},
    }
)
"""Operation that acts class by class -> its function. log1p is asked of sums of powers alone."""

OF_LOGITS = ("power", "below", "share", "others", "surprise")
"""What is asked of logits at a class -> a function of the same name."""

OF_ROW: Mapping[str, str] = MappingProxyType({"rest": "rest", "total": "total"})
"""What is asked of logits once for a row -> where it stands."""


def body_of(form: RowForm, names: Sequence[str], *, of_class: bool) -> list[str]:
    """The lines for one row of some functions of a form, of which the target may be a class, c.

    >>> from cesym.codegen.rowwise.table import ENTROPY
    >>> print(*body_of(ENTROPY, ["entropy"], of_class=False), sep="\\n")
    @P sum_1 = @one(0.0);
    for (size_t k = 0; k < n; k++)
        sum_1 = @plus_pp(sum_1, @weigh(@one(p[k]), @neg_p(@log_tidy(@one(p[k])))));
    double entropy = @value(sum_1);
    """
    run = _Run(form, of_class)
    for name in names:
        node = program(form.programs[name])
        if name in form.numbers:
            run.lines.append(f"double {name} = @value({run.at(node, '0')});")
        else:
            run.loop(f"{name}[k] = ($REAL)@value({run.at(node, 'k')});")
    return run.lines


@dataclass(slots=True)
class _Run:
    """One body as it grows. `named` holds what stands under a name already."""

    form: RowForm
    of_class: bool
    lines: list[str] = field(default_factory=list)
    named: dict[Node, str] = field(default_factory=dict)

    def at(self, node: Node, index: str) -> str:
        """What a program is at a class: a pair."""
        if node.head == NUMBER:
            return f"@one({float(str(node.leaf))})"
        if node.head == ARGUMENT:
            return self._argument(str(node.leaf), index)
        if node.head in OF_LOGITS:
            return f"@{node.head}(&{self.logits(node.operands[0])}, {self._logit(node, index)})"
        if node.head in OF_ROW:
            return f"{self.logits(node.operands[0])}.{OF_ROW[node.head]}"
        if node.head in WRITERS:
            return WRITERS[node.head](self, node, index)
        operands = ", ".join(self.at(operand, index) for operand in node.operands)
        return f"{ENTRYWISE[node.head]}({operands})"

    def _argument(self, role: str, index: str) -> str:
        given = self.form.input(role)
        if given.reader == "_numbers":
            return f"@one({role})"
        if given.options:
            return f"@mixed(p ? p[{index}] : {index} == c, a->smoothing, n)"
        return f"@one({role}[{index}])"

    @staticmethod
    def _logit(node: Node, index: str) -> str:
        return f"{node.operands[0].operands[0].leaf}[{index}], {index}"

    def logits(self, rows: Node) -> str:
        """The name of what describes rows of logits; written once."""
        role, *heat = (str(operand.leaf) for operand in rows.operands)
        given = heat[0] if heat else "1.0"
        line = f"@logits of_{role} = @logits_$F({role}, n, {given});"
        return self.once(rows, f"of_{role}", line)

    def once(self, node: Node, name: str, line: str) -> str:
        """A name, and the line that defines it, if it is not there yet."""
        if node not in self.named:
            self.named[node] = name
            self.lines.append(line)
        return name

    def sum(self, node: Node) -> str:
        """The sum of the entries of a row, under a name."""
        key = Node("sum", (node,))
        if key not in self.named:
            text = self.at(node, "k")  # after the lines of sums inside it
            name = f"sum_{1 + sum(n.startswith('sum_') for n in self.named.values())}"
            self.lines.append(f"@P {name} = @one(0.0);")
            self.loop(f"{name} = @plus_pp({name}, {text});")
            self.named[key] = name
        return self.named[key]

    def loop(self, line: str) -> None:
        """A line for every class."""
        self.lines += [LOOP, f"    {line}"]


def _sum(run: _Run, node: Node, index: str) -> str:
    return run.sum(node.operands[0])


def _chosen(run: _Run, node: Node, index: str) -> str:
    if run.of_class:
        return run.at(node.operands[1], "c")
    return run.sum(Node("weigh", node.operands))


def _against(run: _Run, node: Node, index: str) -> str:
    target, one, others = (run.at(operand, index) for operand in node.operands)
    if run.of_class:
        return f"({index} == c ? @neg_p({others}) : {one})"
    less = f"@minus_pp(@one(1.0), {target})"
    return f"@minus_pp(@times_pp({less}, {one}), @times_pp({target}, {others}))"


def _gap(run: _Run, node: Node, index: str) -> str:
    of_w, of_z = (run.logits(rows) for rows in node.operands[:2])
    w, z = (str(row.leaf) for row in node.operands[2:])
    line = f"@gaps gaps = @gaps_$F(&{of_w}, {w}, &{of_z}, {z}, n);"
    name = run.once(node, "gaps", line)
    return f"@gap(&{name}, &{of_w}, {w}[{index}], &{of_z}, {z}[{index}], {index})"


WRITERS: Mapping[str, Callable[[_Run, Node, str], str]] = MappingProxyType(
    {"sum": _sum, "chosen": _chosen, "against": _against, "gap": _gap}
)
"""Operation -> what it is at a class, if it needs more than its operands there."""
