r"""The rules by which a derivation goes from one line to the next.

A rule is a function from a term to a term, with SymPy inside and any heuristic: nothing here is
trusted, since the prover decides every line that a rule makes. The table says, for each rule, its
name, its phrase in English and Chinese (what an author writes as the reason), what it needs, and
when it fails. A phrase may hold `{what}`, a formula between dollars.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sympy import (
    Abs,
    Add,
    Basic,
    Expr,
    Integer,
    Lambda,
    Max,
    Mul,
    Pow,
    Product,
    S,
    Sum,
    exp,
    expand,
    expand_log,
    factor,
    fraction,
    log,
    simplify,
    together,
)
from sympy.core.function import AppliedUndef

from cesym.derivation.structure import same_structure, structure
from cesym.errors import CesymError
from cesym.messages import N_, Message, message
from cesym.terms.binders import fresh_like, freshen, substitute
from cesym.terms.context import Context, Definition
from cesym.terms.differentiation import At, Diff, evaluate
from cesym.terms.functions import TABLE, log1p, sigmoid, softplus


class RuleFails(CesymError):
    """A rule that does not apply to the line."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a rule may look at besides the line: the context, and what was proved on the page so
    far.

    `known` maps the structure of a left side to the right side that its chain ended in.
    """

    context: Context
    known: Mapping[Expr, Expr] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table. `needs` and `fails` are texts of the catalogue; `apply` takes the line,
    the situation and `{what}`.
    """

    name: str
    english: str
    chinese: str
    needs: str
    fails: str
    apply: Callable[..., Expr]

    @property
    def takes_formula(self) -> bool:
        """Whether the phrase holds a formula."""
        return "{what}" in self.english

    def phrase(self, language: str) -> str:
        """The phrase in a language."""
        return self.chinese if language == "zh" else self.english

    def __call__(self, term: Expr, situation: Situation, what: Expr | str | None = None) -> Expr:
        """The next line. Raises RuleFails when the rule does not apply, or leaves the line as it
        is.
        """
        result = (
            self.apply(term, situation, what) if self.takes_formula else self.apply(term, situation)
        )
        if same_structure(result, term):
            raise RuleFails(
                'the rule "{rule}" changes nothing here: it {fails}',
                rule=self.english,
                fails=message(self.fails),
            )
        return result


def _each(term: Basic, wanted: Callable[[Basic], bool], change: Callable[[Basic], Basic]) -> Basic:
    """`term` with `change` applied to every wanted node, innermost first, under binders too."""
    return freshen(term).replace(wanted, change)


# Definitions.


def unfold_one(term: Expr, situation: Situation, what: Expr | str | None) -> Expr:
    """The named definition, or named function, put in for its calls."""
    name = str(what)
    definition = situation.context.definitions.get(name)
    if definition is not None:
        return _unfold_calls(term, definition)
    row = TABLE.get({"sigma": "sigmoid"}.get(name, name))
    if row is None:
        raise RuleFails("{name} is not defined", name=name)
    return _each(term, lambda e: isinstance(e, row.head), lambda e: row.definition(*e.args))


def _unfold_calls(term: Expr, definition: Definition) -> Expr:
    return _each(
        term,
        lambda e: isinstance(e, AppliedUndef) and e.func.__name__ == definition.name,
        lambda e: definition.apply(*e.args),
    )


# Logarithms.


def expand_logarithm(term: Expr, situation: Situation) -> Expr:
    """log of products, quotients and powers as sums."""
    return _each(term, lambda e: isinstance(e, log), _expanded_log)


def _expanded_log(term: log) -> Expr:
    inside = term.args[0]
    if isinstance(inside, Product):
        return Sum(_expanded_log(log(inside.function, evaluate=False)), *inside.limits)
    parts = []
    for base, exponent in (part.as_base_exp() for part in Mul.make_args(inside)):
        if isinstance(base, exp):
            parts.append(exponent * base.args[0])
        elif base is S.Exp1:
            parts.append(exponent)
        elif isinstance(base, Product):
            parts.append(exponent * _expanded_log(log(base, evaluate=False)))
        else:
            parts.append(exponent * log(base))
    return Add(*parts) if parts else expand_log(term)


def logarithm_of_sigmoid(term: Expr, situation: Situation) -> Expr:
    r"""log sigma(x) = -softplus(-x) and log(1 - sigma(x)) = -softplus(x)."""
    term = _each(
        term, _is_log_of(lambda e: isinstance(e, sigmoid)), lambda e: -softplus(-e.args[0].args[0])
    )
    return _each(
        term,
        _is_log_of(lambda e: isinstance(1 - e, sigmoid)),
        lambda e: -softplus((1 - e.args[0]).args[0]),
    )


def _is_log_of(test: Callable[[Expr], bool]) -> Callable[[Basic], bool]:
    return lambda e: isinstance(e, log) and test(e.args[0])


# Derivatives.


def differentiate(term: Expr, situation: Situation) -> Expr:
    """Every derivative in the line, taken."""
    context = situation.context
    unfolded = _each(
        term, lambda e: isinstance(e, Diff | At), lambda e: _differentiable(e, context)
    )
    return evaluate(unfolded, context.ranges())


def _differentiable(term: Expr, context: Context) -> Expr:
    """A derivative with definitions put in, and logarithms expanded, which keeps it short."""
    return _each(context.unfold_definitions(term), lambda e: isinstance(e, log), _expanded_log)


def chain_rule(term: Expr, situation: Situation) -> Expr:
    """d/dx F(..., u(x), ...) = dF/du at u(x), times du/dx, for the one argument with x in it."""
    return _each(
        term,
        lambda e: isinstance(e, Diff) and e.args[2] == 1,
        lambda e: _chained(e, situation.context),
    )


def _chained(term: Diff, context: Context) -> Expr:
    body, variable, _ = term.args
    call = body
    while isinstance(call, AppliedUndef) and variable in call.args:
        call = context.definitions[call.func.__name__].apply(*call.args)
    if not isinstance(call, AppliedUndef):
        return term
    inner = [argument for argument in call.args if argument.has(variable)]
    if len(inner) != 1:
        raise RuleFails("more than one argument depends on {variable}", variable=str(variable))
    definition = context.definitions[call.func.__name__]
    parameter = definition.parameters[call.args.index(inner[0])]
    outer = call.func(*(parameter if argument == inner[0] else argument for argument in call.args))
    bound = fresh_like(parameter)
    slope = Lambda(bound, Diff(substitute(outer, {parameter: bound}), bound, Integer(1)))
    return At(slope, inner[0]) * Diff(inner[0], variable, Integer(1))


def derivative_of_sigmoid(term: Expr, situation: Situation) -> Expr:
    r"""sigma'(x) = sigma(x) (1 - sigma(x)), and nothing else."""

    def is_slope(e: Basic) -> bool:
        return (
            isinstance(e, Diff)
            and isinstance(e.args[0], sigmoid)
            and e.args[0].args[0] == e.args[1]
            and e.args[2] == 1
        )

    def at_value(e: At) -> Expr:
        return sigmoid(e.args[1]) * (1 - sigmoid(e.args[1]))

    term = freshen(term).replace(lambda e: isinstance(e, At) and is_slope(e.args[0].expr), at_value)
    return term.replace(is_slope, lambda e: e.args[0] * (1 - e.args[0]))


def insert_known(term: Expr, situation: Situation, what: Expr | str | None) -> Expr:
    """A term that an earlier chain of the page started with, by what that chain ended in."""
    assert isinstance(what, Expr)
    found = situation.known.get(structure(what))
    if found is None:
        raise RuleFails("no earlier display of this page starts with this term")
    wanted, order = _order(structure(what))
    result = _each(term, lambda e: structure(e) == structure(what), lambda _: found)
    if isinstance(wanted, Diff) and not same_structure(result, term):
        return result
    return _each(term, lambda e: _higher(e, wanted, order), lambda e: _rest(e, found, order))


def _order(term: Expr) -> tuple[Expr, int]:
    """A derivative and its order."""
    return (term, int(term.args[2])) if isinstance(term, Diff) else (term, 0)


def _higher(term: Basic, wanted: Expr, order: int) -> bool:
    """Whether `term` is a higher derivative of the same thing."""
    if not (isinstance(term, Diff) and isinstance(wanted, Diff)):
        return False
    body, variable, own = structure(term).args
    return (body, variable) == wanted.args[:2] and int(own) > order


def _rest(term: Expr, found: Expr, order: int) -> Expr:
    _body, variable, own = structure(term).args
    return Diff(found, variable, Integer(int(own) - order))


# Algebra.


def expand_products(term: Expr, situation: Situation) -> Expr:
    """Products multiplied out, equal terms collected. Sums over an index are split."""
    return _split_sums(expand(_split_sums(term), log=False, power_base=False, power_exp=False))


def _split_sums(term: Expr) -> Expr:
    def split(e: Sum) -> Expr:
        body = expand(e.function, log=False, power_base=False, power_exp=False)
        bound = {limit[0] for limit in e.limits}
        result = S.Zero
        for part in Add.make_args(body):
            outside, inside = part.as_independent(*bound, as_Add=False)
            result += (
                outside * Sum(inside, *e.limits)
                if inside != 1
                else part * Sum(S.One, *e.limits).doit()
            )
        return result

    return _each(term, lambda e: isinstance(e, Sum), split)


def common_denominator(term: Expr, situation: Situation) -> Expr:
    """One fraction, its numerator multiplied out, its denominator left in factors."""
    above, below = fraction(together(term), exact=True)
    return expand(above) / below


def cancel_factors(term: Expr, situation: Situation) -> Expr:
    """The factors of a product multiplied into the terms of its one sum of fractions, where they
    cancel.
    """

    def distribute(e: Mul) -> Expr:
        sums = [
            f
            for f in e.args
            if isinstance(f, Add) and any(fraction(part)[1] != 1 for part in f.args)
        ]
        if not sums:
            return e
        rest = Mul(*(f for f in e.args if f is not sums[0]))
        return Add(*(part * rest for part in sums[0].args))

    return _each(term, lambda e: isinstance(e, Mul), distribute)


def factor_terms(term: Expr, situation: Situation) -> Expr:
    """Common factors pulled out, fully factored."""
    return factor(term)


def simplify_with_sympy(term: Expr, situation: Situation) -> Expr:
    """Whatever SymPy finds simplest."""
    return simplify(term)


def symmetry_of_sigmoid(term: Expr, situation: Situation) -> Expr:
    r"""1 - sigma(x) = sigma(-x)."""

    def flip(e: Basic) -> Basic:
        for s in e.atoms(sigmoid):
            if e == 1 - s:
                return sigmoid(-s.args[0])
        return e

    return _each(term, lambda e: isinstance(e, Add), flip)


def split_softplus(term: Expr, situation: Situation) -> Expr:
    r"""softplus(x) = max(x, 0) + log(1 + e^{-|x|}), which never overflows."""

    def split(e: softplus) -> Expr:
        x = e.args[0]
        return Max(x, 0) + log(1 + exp(-Abs(x)))

    return _each(term, lambda e: isinstance(e, softplus), split)


def use_log1p(term: Expr, situation: Situation) -> Expr:
    """log(1 + t) = log1p(t)."""
    return _each(
        term,
        lambda e: isinstance(e, log) and isinstance(e.args[0], Add) and S.One in e.args[0].args,
        lambda e: log1p(e.args[0] - 1),
    )


def substitute_value(term: Expr, situation: Situation, what: Expr | str | None) -> Expr:
    """What `left = right` says, put in for the left side."""
    assert isinstance(what, tuple)
    left, right = what
    return substitute(
        evaluate(situation.context.unfold_definitions(term), situation.context.ranges()),
        {left: right},
    )


def power_of_sum(term: Expr, situation: Situation) -> Expr:
    """Powers with the same base put together, and 1/(1 + e^{-x}) kept."""
    return _each(
        term,
        lambda e: isinstance(e, Mul | Pow),
        lambda e: e.powsimp() if hasattr(e, "powsimp") else e,
    )


ROWS = (
    Rule(
        "definition",
        "definition of {what}",
        "{what} 的定义",
        N_("a definition of the page, or a named function"),
        N_("needs a call of what is defined"),
        unfold_one,
    ),
    Rule(
        "expand-logarithm",
        "expand the logarithm",
        "展开对数",
        N_("a logarithm of a product, a quotient or a power"),
        N_("needs a logarithm of a product, a quotient or a power"),
        expand_logarithm,
    ),
    Rule(
        "log-sigmoid",
        "logarithm of the sigmoid",
        "sigmoid 的对数",
        N_("log of the sigmoid, or of one minus the sigmoid"),
        N_("needs log of the sigmoid, or of one minus the sigmoid"),
        logarithm_of_sigmoid,
    ),
    Rule(
        "differentiate",
        "differentiate",
        "求导",
        N_("a derivative that is not taken yet"),
        N_("needs a derivative that is not taken yet"),
        differentiate,
    ),
    Rule(
        "chain-rule",
        "chain rule",
        "链式法则",
        N_("a derivative of a defined function of which one argument depends on the variable"),
        N_(
            "needs a derivative of a defined function of which one argument depends on the variable"
        ),
        chain_rule,
    ),
    Rule(
        "derivative-of-sigmoid",
        "derivative of the sigmoid",
        "sigmoid 的导数",
        N_("a derivative of the sigmoid"),
        N_("needs a derivative of the sigmoid"),
        derivative_of_sigmoid,
    ),
    Rule(
        "insert",
        "insert {what}",
        "代入 {what}",
        N_("a term that an earlier display started with"),
        N_("needs a term that an earlier display started with"),
        insert_known,
    ),
    Rule(
        "expand",
        "expand and collect",
        "展开并合并同类项",
        N_("a product with a sum in it"),
        N_("needs a product with a sum in it"),
        expand_products,
    ),
    Rule(
        "common-denominator",
        "common denominator",
        "通分",
        N_("a sum of fractions"),
        N_("needs a sum of fractions"),
        common_denominator,
    ),
    Rule(
        "cancel",
        "cancel",
        "约分",
        N_("a product with a sum of fractions in it"),
        N_("needs a product with a sum of fractions in it"),
        cancel_factors,
    ),
    Rule(
        "factor",
        "factor",
        "提取公因式",
        N_("a sum with a common factor"),
        N_("needs a sum with a common factor"),
        factor_terms,
    ),
    Rule(
        "symmetry",
        "symmetry of the sigmoid",
        "sigmoid 的对称性",
        N_("one minus the sigmoid"),
        N_("needs one minus the sigmoid"),
        symmetry_of_sigmoid,
    ),
    Rule(
        "split-softplus",
        "split the softplus",
        "拆分 softplus",
        N_("a softplus"),
        N_("needs a softplus"),
        split_softplus,
    ),
    Rule(
        "log1p",
        "write log1p",
        "写成 log1p",
        N_("a logarithm of one plus something"),
        N_("needs a logarithm of one plus something"),
        use_log1p,
    ),
    Rule(
        "simplify",
        "simplify",
        "化简",
        N_("something that SymPy finds a simpler form of"),
        N_("needs something that SymPy finds a simpler form of"),
        simplify_with_sympy,
    ),
)

RULES: dict[str, Rule] = {rule.name: rule for rule in ROWS}


def reason_of_failure(rule: Rule) -> Message:
    """When the rule fails, for people."""
    return message(rule.fails)
