"""A derivation as data, with stable keys. Formulas are in the plain language and in LaTeX; words of
cesym's own are English.

For programs to read. Nothing reads it back into a derivation: only the prover can say that a line
is proved.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sympy import Expr

from cesym import __version__
from cesym.derivation.steps import (
    Block,
    Derivation,
    ProvedChain,
    Refutation,
    StatedDefinition,
    Step,
)
from cesym.documents import Style
from cesym.documents.displays import refuted
from cesym.documents.statements import CHECKED, DERIVED, how
from cesym.prover.verdict import Verdict
from cesym.reader.pages import Heading
from cesym.terms.context import Context, Definition, Hypothesis
from cesym.terms.printing import latex, plain

FORMAT = 1
"""Raised when a key changes its meaning or goes away."""

Data = dict[str, Any]


def write(derivation: Derivation, style: Style) -> str:
    """The derivation as a JSON object, indented."""
    return json.dumps(data(derivation), ensure_ascii=False, indent=2) + "\n"


def data(derivation: Derivation) -> Data:
    """The derivation as dictionaries, lists, strings, numbers and booleans."""
    numbers = {id(step): number for number, step in enumerate(derivation.steps, start=1)}
    ways = [how(step) for step in derivation.steps]
    return {
        "format": FORMAT,
        "cesym": __version__,
        "name": derivation.name,
        "title": derivation.title,
        "language": derivation.language,
        "steps": {"proved": len(ways), DERIVED: ways.count(DERIVED), CHECKED: ways.count(CHECKED)},
        "declarations": [repr(declaration) for declaration in derivation.context],
        "definitions": [
            _definition(d, derivation.context) for d in derivation.context.definitions.values()
        ],
        "blocks": [_block(block, numbers, derivation.context) for block in derivation.blocks],
        "exports": [
            {
                "name": export.name,
                "term": _formula(export.term, derivation.context, export.latex),
                "result": _formula(export.result, derivation.context, export.result_latex),
            }
            for export in derivation.exports
        ],
    }


def _formula(term: Expr, context: Context, written: str = "") -> Data:
    return {"plain": plain(term, context), "latex": written or latex(term, context)}


def _definition(definition: Definition, context: Context) -> Data:
    return {
        "name": definition.name,
        "latex": definition.latex,
        "parameters": [parameter.name for parameter in definition.parameters],
        "body": _formula(definition.body, context),
        "assumed": definition.assumed,
    }


def _block(block: Block, numbers: dict[int, int], context: Context) -> Data:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, StatedDefinition):
        return {
            "kind": "definition",
            "latex": block.latex,
            **_definition(block.definition, context),
        }
    if isinstance(block, Refutation):
        return {
            "kind": "refutation",
            "latex": refuted(block),
            "because": block.because,
            "verdict": _verdict(block.verdict),
        }
    if isinstance(block, tuple):
        return {"kind": "display", "chains": [_chain(chain, numbers) for chain in block]}
    return {"kind": "paragraph", "text": block.text}


def _chain(chain: ProvedChain, numbers: dict[int, int]) -> Data:
    return {
        "start": _formula(chain.start, chain.context, chain.latex),
        "steps": list(_steps(chain, numbers)),
        "result": _formula(
            chain.result, chain.context, chain.steps[-1].latex if chain.steps else chain.latex
        ),
    }


def _steps(chain: ProvedChain, numbers: dict[int, int]) -> Iterator[Data]:
    before = chain.latex
    for step in chain.steps:
        yield _step(step, before, numbers[id(step)], chain.context)
        before = step.latex


def _step(step: Step, before: str, number: int, context: Context) -> Data:
    return {
        "number": number,
        "before": _formula(step.before, context, before),
        "operator": step.operator,
        "after": _formula(step.after, context, step.latex),
        "reason": step.reason,
        "rule": step.rule,
        "how": how(step),
        "verdict": _verdict(step.verdict),
    }


def _verdict(verdict: Verdict) -> Data:
    """What was decided and how; not how long it took, so that the same page gives the same file."""
    found: Data = {
        "status": verdict.status,
        "method": str(verdict.method),
        "trace": [str(line) for line in verdict.trace],
        "side_conditions": [
            {"text": c.text, "why": c.why, "discharged": c.discharged}
            for c in verdict.side_conditions
        ],
        "hypotheses": [_hypothesis(h) for h in verdict.hypotheses],
    }
    if (point := verdict.counterexample) is not None:
        found["counterexample"] = {
            "at": dict(point.at),
            "left": point.left,
            "right": point.right,
            "undefined": point.undefined,
        }
    return found


def _hypothesis(hypothesis: Hypothesis) -> Data:
    return {"text": hypothesis.text, "line": hypothesis.line}
