"""Row programs as loops over the classes of one row, for languages that compute number by number.

What a row has once, as a sum, gets a line of its own; what it has for every class is worked out
where it is used, but for rows of logits and their gaps, which helpers of `support/rows_loops.txt`
fill in. The text is that of Python, which numba compiles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from cesym.codegen.assembly import helpers, support
from cesym.codegen.common import straight_lines
from cesym.codegen.layout import WIDTH, bracketed
from cesym.codegen.nodes import ARGUMENT, NUMBER, Node, argument, number
from cesym.codegen.rowwise.programs import program
from cesym.codegen.rowwise.table import RowForm
from cesym.codegen.spelling import ARITHMETIC, ATOM, SUM, TEST, Spelling, calls, spell

ENTRY = "k"
"""The index of a class in a loop."""

INDENT = 12
"""As deep as lines may come to stand: in a loop over classes, in one over rows, in a function."""

OF_ROW = frozenset({"T"})
"""Roles that are a number for each row."""

SPELLING: Mapping[str, Spelling] = MappingProxyType(
    {
        **ARITHMETIC,
        **calls(
            {
                name: f"_{name}"
                for name in ("others", "surprise", "excess", "excess_of_logs", "tilt", "pull")
            }
        ),
        "added": ("_added(total, missing, {})", ATOM, (TEST,)),
        "same": ("{} == {}", TEST, (ATOM, ATOM)),
        "choice": ("{1} if {0} else {2}", TEST, (TEST, SUM, SUM)),
    }
)
"""Operation on numbers -> its text; targets add their log and log1p."""


@dataclass(frozen=True, slots=True)
class Body:
    """The lines that compute one row.

    `filled` are the rows that they need room for. After the lines every result stands under its
    name; those with an entry for every class need room as well.
    """

    filled: tuple[str, ...]
    lines: tuple[str, ...]


def body_of(
    form: RowForm, names: Sequence[str], spelling: Mapping[str, Spelling], *, of_class: bool
) -> Body:
    r"""The lines for one row of some functions of a form, of which the target may be a class.

    >>> from cesym.codegen.rowwise.table import ENTROPY
    >>> spelling = {**SPELLING, **calls({"log": "log"})}
    >>> print(*body_of(ENTROPY, ["entropy"], spelling, of_class=False).lines, sep="\n")
    total, missing = 0.0, 0.0
    for k in range(classes):
        total, missing = _added(total, missing, _weigh(p[k], -log(p[k])))
    sum_1 = _together(total, missing)
    entropy = sum_1
    """
    run = _Run(form, spelling, of_class)
    for name in names:
        node = run.entry(program(form.programs[name]), ENTRY)
        if name in form.numbers:
            run.lines += run.straight(name, node)
        else:
            run.loop(run.straight(f"{name}[{ENTRY}]", node))
    return Body(tuple(run.filled), tuple(run.lines))


@dataclass(slots=True)
class _Run:
    """One body as it grows. `named` holds the numbers of a row that stand under a name already."""

    form: RowForm
    spelling: Mapping[str, Spelling]
    of_class: bool
    lines: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    named: dict[Node, Node] = field(default_factory=dict)

    def entry(self, node: Node, index: str) -> Node:
        """What a program is at the class `index`, as operations on numbers."""
        if node.head == NUMBER:
            return node
        if node.head == ARGUMENT:
            return argument(str(node.leaf)) if node.leaf in OF_ROW else _at(str(node.leaf), index)
        if node.head in WRITERS:
            return WRITERS[node.head](self, node, index)
        return Node(node.head, tuple(self.entry(operand, index) for operand in node.operands))

    def once(self, node: Node, write: Callable[[], Node]) -> Node:
        """What `write` gives, written once for equal programs."""
        if node not in self.named:
            self.named[node] = write()
        return self.named[node]

    def summed(self, node: Node) -> Node:
        """The sum of the entries of a row, under a name."""
        name = f"sum_{1 + sum(head.head == 'sum' for head in self.named)}"
        added = Node("added", (self.entry(node, ENTRY),))  # after the lines of sums inside it
        self.lines.append("total, missing = 0.0, 0.0")
        self.loop(self.straight("total, missing", added))
        self.lines.append(f"{name} = _together(total, missing)")
        return argument(name)

    def loop(self, lines: Sequence[str]) -> None:
        """Lines for every class."""
        self.lines.append(f"for {ENTRY} in range(classes):")
        self.lines += (f"    {line}" for line in lines)

    def straight(self, name: str, node: Node) -> list[str]:
        """Lines after which a value stands under a name."""

        def text(name: str, node: Node) -> str:
            return f"{name} = {spell(node, self.spelling)}"

        def fits(name: str, node: Node) -> bool:
            return len(text(name, node)) + INDENT <= WIDTH

        taken = {*"zwvpqTik", "classes", *self.filled}
        found = straight_lines({name: node}, taken, fits)
        return [text(line.name, line.value) for line in found]

    def logits(self, rows: Node) -> str:
        """The ending of the names of what describes rows of logits; written once."""
        role = str(rows.operands[0].leaf)
        ending = f"_{role}" if len(self.form.logits) > 1 else ""
        self.once(rows, lambda: self._describe(rows, role, ending))
        return ending

    def _describe(self, rows: Node, role: str, ending: str) -> Node:
        temperature = str(rows.operands[1].leaf) if len(rows.operands) > 1 else "1.0"
        filled = [f"{name}{ending}" for name in ("below", "lost", "powers")]
        self.filled += filled
        start = f"largest{ending}, rest{ending} = _rows("
        self.lines.append(bracketed(start, [role, temperature, *filled], ")"))
        return argument(f"rest{ending}")


def _at(row: str, index: str) -> Node:
    return argument(f"{row}[{index}]")


def _power(run: _Run, node: Node, index: str) -> Node:
    return _at(f"powers{run.logits(node.operands[0])}", index)


def _below(run: _Run, node: Node, index: str) -> Node:
    return _at(f"below{run.logits(node.operands[0])}", index)


def _rest(run: _Run, node: Node, index: str) -> Node:
    return argument(f"rest{run.logits(node.operands[0])}")


def _total(run: _Run, node: Node, index: str) -> Node:
    return Node("+", (number(1), _rest(run, node, index)))


def _share(run: _Run, node: Node, index: str) -> Node:
    return Node("/", (_power(run, node, index), _total(run, node, index)))


def _others(run: _Run, node: Node, index: str) -> Node:
    largest = argument(f"largest{run.logits(node.operands[0])}")
    same = Node("same", (argument(index), largest))
    return Node("others", (same, _power(run, node, index), _rest(run, node, index)))


def _surprise(run: _Run, node: Node, index: str) -> Node:
    lost = _at(f"lost{run.logits(node.operands[0])}", index)
    return Node("surprise", (_below(run, node, index), lost, _rest(run, node, index)))


def _sum(run: _Run, node: Node, index: str) -> Node:
    return run.once(node, lambda: run.summed(node.operands[0]))


def _chosen(run: _Run, node: Node, index: str) -> Node:
    target, values = node.operands
    if run.of_class:
        return run.entry(values, str(target.leaf))
    weighed = Node("sum", (Node("weigh", (target, values)),))
    return _sum(run, weighed, index)


def _against(run: _Run, node: Node, index: str) -> Node:
    target, one, others = node.operands
    if run.of_class:
        same = Node("same", (argument(index), argument(str(target.leaf))))
        away = Node("neg", (run.entry(others, index),))
        return Node("choice", (same, away, run.entry(one, index)))
    return run.entry(
        Node("-", (Node("*", (Node("-", (number(1), target)), one)), Node("*", (target, others)))),
        index,
    )


def _gap(run: _Run, node: Node, index: str) -> Node:
    run.once(node, lambda: _gaps(run, node))
    return _at("gap", index)


def _gaps(run: _Run, node: Node) -> Node:
    of_w, of_z, w, z = node.operands
    for rows, of in ((of_w, "of_w"), (of_z, "of_z")):
        end = run.logits(rows)
        parts = ", ".join(f"{p}{end}" for p in ("largest", "below", "lost", "powers", "rest"))
        run.lines.append(f"{of} = ({parts})")
    run.filled.append("gap")
    run.lines.append(f"_gaps({w.leaf}, {z.leaf}, of_w, of_z, gap)")
    return argument("gap")


WRITERS: Mapping[str, Callable[[_Run, Node, str], Node]] = MappingProxyType(
    {
        "power": _power,
        "below": _below,
        "rest": _rest,
        "total": _total,
        "share": _share,
        "others": _others,
        "surprise": _surprise,
        "sum": _sum,
        "chosen": _chosen,
        "against": _against,
        "gap": _gap,
    }
)
"""Operation of row programs -> what it is at a class. The others act entry by entry."""


def helpers_of_loops(words: Mapping[str, str], own: str, text: str) -> list[str]:
    """The helpers that `text` calls: those of loops in the words of a target, and its `own`."""
    common = re.sub(r"\b[A-Z][A-Z0-9_]+\b", lambda word: words[word[0]], support("rows_loops"))
    return helpers(f"{own}\n\n{HEAD.sub(_laid_out, common)}", text)


HEAD = re.compile(r"^def (\w+)\(\s*([^)]*?),?\s*\) -> (.*):$", re.MULTILINE)


def _laid_out(head: re.Match[str]) -> str:
    """The first line of a function, laid out for the words that are in it now."""
    return bracketed(f"def {head[1]}(", re.split(r",\s+", head[2]), f") -> {head[3]}:")
