"""The rows of the table that speak of sums over an index and of the softmax."""

from __future__ import annotations

from cesym.derivation.rules.rule import Rule
from cesym.derivation.rules.softmaxes import (
    derivative_of_softmax,
    logarithm_of_softmax,
    write_softmax,
)
from cesym.derivation.rules.sums import (
    constants_out,
    differentiate_terms,
    exchange_sums,
    one_sum,
    probabilities_sum_to_one,
    split_sum,
    use_delta,
)
from cesym.messages import N_

VECTOR_ROWS = (
    Rule(
        "log-softmax",
        "logarithm of the softmax",
        "对 softmax 取对数",
        N_("the logarithm of a softmax"),
        N_("no logarithm in the line is one of a softmax"),
        logarithm_of_softmax,
    ),
    Rule(
        "jacobian-of-softmax",
        "Jacobian of the softmax",
        "softmax 的雅可比矩阵",
        N_("the first derivative of a softmax"),
        N_("the line holds no such derivative"),
        derivative_of_softmax,
    ),
    Rule(
        "write-softmax",
        "write softmax",
        "写成 softmax",
        N_("an exponential over the sum of all such exponentials"),
        N_("the line holds no such fraction"),
        write_softmax,
    ),
    Rule(
        "differentiate-terms",
        "differentiate term by term",
        "逐项求导",
        N_("a derivative of a sum, or of a product with a constant factor"),
        N_("no derivative in the line is one of a sum or of a multiple"),
        differentiate_terms,
    ),
    Rule(
        "split-sum",
        "split the sum",
        "拆分和式",
        N_("a sum over an index whose terms are sums"),
        N_("no sum over an index in the line has terms that are sums"),
        split_sum,
    ),
    Rule(
        "one-sum",
        "write one sum",
        "合写成一个和式",
        N_("several sums over the same range"),
        N_("no two sums in the line can be joined"),
        one_sum,
    ),
    Rule(
        "constants-out",
        "take constants out of the sum",
        "把常数提到和号外",
        N_("a sum over an index with a factor that does not depend on it"),
        N_("every factor in the sums depends on their indices"),
        constants_out,
    ),
    Rule(
        "exchange-sums",
        "exchange the sums",
        "交换求和次序",
        N_("a sum over an index of sums over another"),
        N_("the line holds no sum of sums, or the inner range depends on the outer index"),
        exchange_sums,
    ),
    Rule(
        "sum-to-one",
        "the probabilities sum to one",
        "概率之和为 1",
        N_("the sum of all the probabilities of a distribution, or of a softmax"),
        N_("the line holds no such sum, or the sum holds another factor that depends on the index"),
        probabilities_sum_to_one,
    ),
    Rule(
        "use-delta",
        "use the delta",
        "利用克罗内克符号",
        N_("a sum with a Kronecker delta in it, or one of two indices that are assumed to differ"),
        N_("the line holds no such sum and no such delta"),
        use_delta,
    ),
)
