r"""The grammar of expressions: sums, products, powers and what they are made of.

    sum     = ["-" | "+"] term {("+" | "-") term}
    term    = factor {["\cdot" | "\times" | "*" | "/" | "\odot"] factor}
    factor  = atom ["^" script]

What two people could read in two ways is refused and both readings are named: `\log x y`, `a/bc`,
`\log(x)^2`, `2\frac12`, `\frac{a}{b}^2`, `x^23`, `\prod_k a_k b`, `|a|b|c|`.
"""

from __future__ import annotations

from fractions import Fraction

from cesym.messages import Message, message
from cesym.reader.latex import (
    brackets,
    calls,
    cases,
    derivatives,
    large,
    optima,
    symbols,
    vectors,
)
from cesym.reader.latex.cursor import Cursor, Ending, Reach, log_like
from cesym.reader.latex.refusals import (
    check_juxtaposition,
    refuse_applied_quotient,
    refuse_entrywise,
    refuse_mixed,
    refuse_open,
    refuse_quotient,
)
from cesym.reader.latex.tables import EXTREMA, GREEK
from cesym.reader.latex.tokens import Token
from cesym.reader.latex.walks import BESIDE, free_names
from cesym.reader.syntax import Binary, Call, Constant, Negate, Node, Number, Span, Transpose

_OF_VECTORS = {
    "\\nabla": vectors.read_nabla,
    "\\langle": vectors.read_inner,
    "\\mathbb": vectors.read_expectation,
}
_LARGE = ("\\sum", "\\prod")


class Reader(Cursor):
    """The whole grammar."""

    def expression(self) -> Node:
        """A sum of terms."""
        outside, self.reaches = self.reaches, []
        node = self._signed_term()
        while self.at("+", "-"):
            operator = self.advance()
            if self.at("+", "-"):
                raise self.error(
                    Span(operator.at.start, self.token.at.stop),
                    "two signs stand side by side",
                    "put the second one and what it belongs to in brackets",
                )
            reaches, start = tuple(self.reaches), self.token.at.start
            right = self.term()
            self._check_reaches(reaches, right, operator, self.since(start))
            at = Span(node.at.start, self.since(start).stop)
            node = Binary(operator.text, node, right, at)
        self.reaches = outside
        return node

    def _signed_term(self) -> Node:
        token = self.token
        if not self.at("+", "-"):
            return self.term()
        self.advance()
        operand = self.term()
        at = self.since(token.at.start)
        return Negate(operand, at) if token.text == "-" else operand

    def _check_reaches(
        self, reaches: tuple[Reach, ...], term: Node, operator: Token, at: Span
    ) -> None:
        r"""Refuse `\sum_k a_k + b_k`: either the sum goes on, or `k` is something else there."""
        names = free_names(term) if reaches else ()
        for reach in reaches:
            if reach.index in names:
                head = self.quote(Span(reach.start, reach.body))
                body = self.quote(Span(reach.body, operator.at.start))
                rest = f"{operator.text} {self.quote(at)}"
                raise self.ambiguous(
                    Span(reach.start, at.stop),
                    f"\\left({head} {body}\\right) {rest}",
                    f"{head} \\left({body} {rest}\\right)",
                )

    def term(self) -> Node:
        """A product."""
        start = self.token.at.start
        node = last = self.factor()
        alone = True
        used: set[str] = set()
        while True:
            if self.at("\\odot"):
                refuse_open(self)
                sign = self.advance().at
                operator = "odot"
                right = self.factor()
                refuse_entrywise(self, used, sign)
            elif self.at("*", "/"):
                refuse_open(self)
                operator = self.advance().text
                if operator == "/":
                    refuse_applied_quotient(self)
                right = self._signed_factor(operator)
            elif self.operand_follows():
                operator = BESIDE
                check_juxtaposition(self, last)
                right = self.factor()
                refuse_mixed(self, last, right)
            else:
                self.last_factor = (last, alone)
                return node
            used.add(operator)
            if "odot" in used and operator != "odot":
                refuse_entrywise(self, used, right.at)
            node = Binary(operator, node, right, self.since(start))
            last, alone = right, False
            if operator == "/" and (self.operand_follows() or self.at("/")):
                refuse_quotient(self, node)

    def _signed_factor(self, operator: str) -> Node:
        """The factor after a visible operator; it may have a minus sign."""
        token = self.token
        if self.at("-"):
            self.advance()
            return Negate(self.factor(), self.since(token.at.start))
        if operator == "/" and self.at(*_LARGE):
            self.ending = Ending()
            return self.large(strict=True)
        return self.factor()

    # Factors.

    def factor(self) -> Node:
        """An atom, with its power."""
        start = self.token.at.start
        node = self._atom()
        if self.at("^"):
            node = self._power(node, start)
        if self.at("^", "_", "'"):
            raise self.error(
                self.token.at,
                "{mark} cannot stand here",
                "use braces or brackets to show what it belongs to",
                mark=self.token.text,
            )
        return node

    def _power(self, base: Node, start: int) -> Node:
        ending = self.ending
        if symbols.transpose_follows(self) and ending.kind != "open":
            symbols.take_transpose(self)
            self.ending = Ending("powered")
            return Transpose(base, self.since(start))
        mark = self.advance()
        position = self.position
        exponent = self.script()
        power = self.quote(Span(self.tokens[position].at.start, self.since(start).stop))
        at = self.since(start)
        if ending.kind in ("applied", "operator"):
            raise self.ambiguous(
                at,
                f"\\left({ending.head}({ending.argument})\\right)^{power}",
                f"{ending.head}\\left(({ending.argument})^{power}\\right)",
            )
        if ending.kind in ("fraction", "derivative", "powered", "open"):
            raise self.error(
                mark.at,
                "it is not clear what the exponent belongs to",
                "write brackets around the base: {example}",
                example=f"\\left({self.quote(Span(start, mark.at.start))}\\right)^{power}",
            )
        self.ending = Ending("powered")
        if base == Constant("e"):
            return Call("exp", (exponent,), at)
        return Binary("^", base, exponent, at)

    def script(self) -> Node:
        """What stands after `^`: a group in braces, or one token."""
        self.check_argument()
        token = self.token
        if self.at("{"):
            return self.group()
        if token.kind == "number":
            if len(token.text) > 1:
                first, rest = token.text[0], token.text[1:]
                raise self.ambiguous(
                    Span(token.at.start - 1, token.at.stop),
                    f"^{{{token.text}}}",
                    f"^{{{first}}} \\cdot {rest}",
                )
            return Number(Fraction(self.advance().text), token.at)
        if token.kind == "letter":
            self._refuse_run(self.tokens[self.position - 1])
        return self._single(message("an exponent in braces"))

    def argument(self, command: str) -> Node:
        r"""An argument of `\frac` or `\sqrt`: a group in braces, or one token."""
        self.check_argument()
        token = self.token
        if self.at("{"):
            return self.group()
        if token.kind == "number":
            if "." in token.text:
                raise self.unexpected(
                    message("an argument of {command} in braces", command=command)
                )
            digit = self.digit()
            return Number(Fraction(digit.text), digit.at)
        return self._single(message("an argument of {command} in braces", command=command))

    def _single(self, expected: Message) -> Node:
        """One letter, with nothing above or below it: TeX takes one token."""
        token = self.token
        if token.kind == "letter" or (token.kind == "command" and token.text in GREEK):
            return symbols.read_single(self)
        raise self.unexpected(expected)

    def _refuse_run(self, mark: Token) -> None:
        """Refuse `e^xy`, where TeX raises the `x` only."""
        first, second = self.token, self.peek(1)
        if second.kind in ("letter", "number") and first.at.stop == second.at.start:
            raise self.ambiguous(
                Span(mark.at.start, second.at.stop),
                f"^{{{first.text}{second.text}}}",
                f"^{{{first.text}}} \\cdot {second.text}",
            )

    def group(self) -> Node:
        """An expression in the braces of a script or an argument."""
        self.expect("{")
        with self.enclosed():
            node = self.expression()
            if not self.at("}"):
                raise self.unexpected(message("an operator or {brace}", brace="}"))
            self.advance()
        return node

    def large(self, *, strict: bool) -> Node:
        """A sum or product over an index."""
        return large.read(self, strict=strict)

    def _atom(self) -> Node:
        token = self.token
        self.ending = Ending()
        bare, self.differentiated = self.differentiated, False
        if token.kind == "number":
            self.advance()
            self.ending = Ending("number")
            return Number(Fraction(token.text), token.at)
        if vectors.ones_follow(self):
            return vectors.read_ones(self)
        if optima.follows(self):
            return optima.read(self)
        if self.name_follows():
            return symbols.read(self, bare=bare)
        if self.at("\\|") and self.operand_follows():
            return vectors.read_norm(self)
        if token.kind == "symbol":
            return brackets.read(self)
        if token.kind == "begin":
            return cases.read(self)
        if log_like(token):
            return calls.read_log_like(self)
        if self.at(*EXTREMA):
            return calls.read_extremum(self)
        if self.at("\\frac"):
            return derivatives.read_fraction(self)
        if self.at("\\partial"):
            return derivatives.read_partial(self)
        if self.at(*_LARGE):
            return self.large(strict=False)
        if self.at(*_OF_VECTORS):
            return _OF_VECTORS[token.text](self)
        if self.at("\\sqrt", "\\boxed"):
            return brackets.read_command(self)
        if token.kind == "command" and self.operand_follows():
            raise self.error(
                token.at, "the command {command} is not read", command=self.quote(token.at)
            )
        if self.at("\\pm", "\\mp"):
            raise self.error(
                token.at,
                "{sign} makes two formulas of one",
                "write each of them",
                sign=self.quote(token.at),
            )
        raise self.unexpected(message("a number, a name or a bracket"))
