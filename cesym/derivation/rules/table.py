"""The table of rules: one row for each."""

from __future__ import annotations

from cesym.derivation.rules.algebra import (
    cancel_factors,
    collect_terms,
    combine_powers,
    common_denominator,
    expand_products,
    factor_terms,
    horner_scheme,
    one_fraction,
    simplify_with_sympy,
)
from cesym.derivation.rules.calculus import chain_rule, differentiate
from cesym.derivation.rules.definitions import insert_known, recognise, unfold_definition
from cesym.derivation.rules.limits import take_limit
from cesym.derivation.rules.logarithms import expand_logarithm, use_log1p
from cesym.derivation.rules.rule import Rule
from cesym.derivation.rules.sigmoids import (
    derivative_of_sigmoid,
    logarithm_of_sigmoid,
    sigmoid_without_overflow,
    split_softplus,
    symmetry_of_sigmoid,
)
from cesym.messages import N_

ROWS = (
    Rule(
        "definition",
        "definition of {what}",
        "{what} 的定义",
        N_("a call of what the page defined, or of a named function"),
        N_("the line holds no such call, or nothing of this name is defined"),
        unfold_definition,
    ),
    Rule(
        "recognise",
        "this is {what}",
        "这就是 {what}",
        N_("the body of a definition"),
        N_("the body does not stand in the line as the definition has it"),
        recognise,
    ),
    Rule(
        "insert",
        "insert {what}",
        "代入 {what}",
        N_("a term that an earlier display of the page starts with"),
        N_("no earlier display starts with this term, or the line does not hold it"),
        insert_known,
    ),
    Rule(
        "expand-logarithm",
        "expand the logarithm",
        "展开对数",
        N_("a logarithm of a product, a quotient or a power"),
        N_("no logarithm in the line can be expanded"),
        expand_logarithm,
    ),
    Rule(
        "log-sigmoid",
        "logarithm of the sigmoid",
        "对 sigmoid 取对数",
        N_("the logarithm of a sigmoid, or of one minus a sigmoid"),
        N_("no logarithm in the line is one of a sigmoid"),
        logarithm_of_sigmoid,
    ),
    Rule(
        "log1p",
        "write log1p",
        "写成 log1p",
        N_("a logarithm of one plus something"),
        N_("no logarithm in the line is one of a sum with 1 in it"),
        use_log1p,
    ),
    Rule(
        "differentiate",
        "differentiate",
        "求导",
        N_("a derivative that is not taken yet"),
        N_("the line holds no derivative, or one that SymPy cannot take"),
        differentiate,
    ),
    Rule(
        "chain-rule",
        "chain rule",
        "链式法则",
        N_("a first derivative of a defined function of which one argument holds the variable"),
        N_("more than one argument holds the variable, or what is differentiated is no call"),
        chain_rule,
    ),
    Rule(
        "limit",
        "take the limit",
        "取极限",
        N_("a limit"),
        N_("the line holds no limit, or one that SymPy does not find"),
        take_limit,
    ),
    Rule(
        "derivative-of-sigmoid",
        "derivative of the sigmoid",
        "sigmoid 的导数",
        N_("the first derivative of a sigmoid by its argument"),
        N_("the line holds no such derivative"),
        derivative_of_sigmoid,
    ),
    Rule(
        "symmetry",
        "symmetry of the sigmoid",
        "sigmoid 的对称性",
        N_("one minus a sigmoid"),
        N_("the line holds no such difference"),
        symmetry_of_sigmoid,
    ),
    Rule(
        "stable-sigmoid",
        "sigmoid without overflow",
        "不溢出的 sigmoid",
        N_("a sigmoid"),
        N_("the line holds no sigmoid"),
        sigmoid_without_overflow,
    ),
    Rule(
        "split-softplus",
        "split the softplus",
        "拆分 softplus",
        N_("a softplus"),
        N_("the line holds no softplus"),
        split_softplus,
    ),
    Rule(
        "expand",
        "expand and collect",
        "展开并合并同类项",
        N_("a product with a sum in it"),
        N_("there is nothing to multiply out"),
        expand_products,
    ),
    Rule(
        "collect",
        "collect {what}",
        "合并含 {what} 的项",
        N_("a sum in which two terms have this factor"),
        N_("no sum in the line has two terms with this factor"),
        collect_terms,
    ),
    Rule(
        "one-fraction",
        "one fraction",
        "合成一个分式",
        N_("a sum of fractions"),
        N_("the line is one fraction already"),
        one_fraction,
    ),
    Rule(
        "common-denominator",
        "common denominator",
        "通分",
        N_("a sum of fractions"),
        N_("the line is one fraction already, with its numerator multiplied out"),
        common_denominator,
    ),
    Rule(
        "cancel",
        "cancel",
        "约分",
        N_("a product with a sum of fractions in it"),
        N_("no factor is a sum with a fraction in it"),
        cancel_factors,
    ),
    Rule(
        "factor",
        "factor",
        "因式分解",
        N_("a sum that is a product"),
        N_("SymPy finds no factors"),
        factor_terms,
    ),
    Rule(
        "powers",
        "combine the powers",
        "同底数幂相乘",
        N_("a product of powers of the same base"),
        N_("no product in the line has two powers of the same base"),
        combine_powers,
    ),
    Rule(
        "horner",
        "Horner's scheme",
        "秦九韶算法",
        N_("a power of a sum of a number and one other term"),
        N_("no power in the line is one of such a sum"),
        horner_scheme,
    ),
    Rule(
        "simplify",
        "simplify",
        "化简",
        N_("something that SymPy finds a simpler form of"),
        N_("SymPy finds no simpler form"),
        simplify_with_sympy,
    ),
)

RULES: dict[str, Rule] = {rule.name: rule for rule in ROWS}
