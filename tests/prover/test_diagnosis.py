"""The likely mistake of wrong formulas of this field, and that none is named without a proof."""

import dataclasses
import json
import time
from pathlib import Path
from random import Random

import pytest

from cesym.derivation import verify
from cesym.derivation.verification import Verdicts, context_of
from cesym.messages import LANGUAGES
from cesym.prover import Verdict
from cesym.prover.diagnosis import Mistake, diagnose
from cesym.prover.diagnosis.screen import given
from cesym.prover.diagnosis.table import TABLE
from cesym.reader.digits import compare
from cesym.reader.plain import parse_claim
from tests.soundness.second_opinion import draw

FILE = Path(__file__).parents[3] / "shared" / "claims" / "claims.jsonl"

BCE = "-(y*log(sigmoid(s)) + (1-y)*log(1-sigmoid(s)))"
LABELS = "y in [0,1]; s in real"
VECTORS = "K in integer>=2; z in real^K; j in index(K)"
PAIR = "K in integer>=2; p in open_simplex(K); q in open_simplex(K)"

WRONG = [
    ("entropy(p) < log(K)", "K in integer>=2; p in simplex(K)", "strictness"),
    ("sigmoid(s)*(1-sigmoid(s)) < 1/4", "s in real", "strictness"),
    ("kl(p,q) <= 0", PAIR, "direction"),
    ("log(x) >= x - 1", "x in (0,oo)", "direction"),
    ("kl(p,q) == kl(q,p)", PAIR, "swapped"),
    ("sum(p[k]*log(p[k]/q[k]), (k,1,K)) == kl(q,p)", PAIR, "swapped"),
    ("cross_entropy(p,q) == -sum(q[k]*log(p[k]), (k,1,K))", PAIR, "swapped"),
    ("logit(q) == log((1-q)/q)", "q in (0,1)", "swapped"),
    (f"diff({BCE}, s) == y - sigmoid(s)", LABELS, "sign"),
    ("sigmoid(-s) == 1 + sigmoid(s)", "s in real", "sign"),
    ("log(sigmoid(s)) == -softplus(s)", "s in real", "sign"),
    ("kl(p,q) == -entropy(p) - cross_entropy(p,q)", PAIR, "sign"),
    ("diff((s-y)**2, s) == s - y", LABELS, "factor"),
    ("tanh(s) == (2*sigmoid(2*s) - 1)/2", "s in real", "factor"),
    ("diff(sum((s[i]-y[i])**2, (i,1,N))/N, s[j]) == 2*(s[j]-y[j])",
     "N in integer>=1; s, y in real^N; j in index(N)", "factor"),
    ("diff(-log2(q), q) == -1/q", "q in (0,1)", "log base"),
    ("2**cross_entropy(p,q) == exp(cross_entropy(p,q))", PAIR, "log base"),
    ("y**2*s == y*s", LABELS, "hard labels"),
    ("-((1+y)/2*log(sigmoid(s)) + (1-y)/2*log(1-sigmoid(s))) == log(1+exp(-y*s))",
     "y in [-1,1]; s in real", "hard labels"),
    ("diff(diff(exp(-y*s), s), s) == exp(-y*s)", "y in {0,1}; s in real", "label convention"),
    ("softmax(z)[1] == sigmoid(z[1]-z[2])", "K in integer>=2; z in real^K", "two classes"),
    ("diff((sigmoid(s)-y)**2/2, s) == sigmoid(s) - y", LABELS, "chain factor"),
    ("diff(log(1+exp(-y*s)), s) == -1/(1+exp(y*s))", "y in {-1,1}; s in real", "dropped factor"),
    ("diff(-log(q)*q**3, q) == -3*q**3*log(q) - q**2", "q in (0,1)", "exponent"),
    ("(s**2 + m**2)/2 - log(s) - 1/2 == -(1 + 2*log(s) - m**2 - s)/2",
     "s in (0,oo); m in real", "exponent"),
    ("abs(x) == x", "x in real", "constraint"),
    ("diff(log(x), x) == 1/x", "x in real", "constraint"),
    ("sum(p[k]*log(p[k]/q[k]) - p[k] + q[k], (k,1,3)) == sum(p[k]*log(p[k]/q[k]), (k,1,3))",
     "p in (0,oo)^3; q in (0,oo)^3", "constraint"),
    ("tanh(s/2) == 3*sigmoid(s) - 1", "s in real", "constant"),
    ("tanh(s) == 2*sigmoid(s) - 1", "s in real", "argument"),
    ("diff(log(softmax(z)[i]), z[j]) == delta(i,j) - softmax(z)[i]",
     VECTORS + "; i in index(K)", "index"),
    ("-entropy(p) == p[j]*log(p[j])", "K in integer>=2; p in open_simplex(K); j in index(K)",
     "sum"),
    ("diff(softplus(s) - y*s, s) == s - y", LABELS, "symbol"),
    (f"diff({BCE}, s) == q - y", LABELS + "; q in (0,1)", "symbol"),
    ("softplus(s) == log(1 + exp(s)) + s", "s in real", "sign"),
    ("sum(y[k]*(1-e/K) + e/K, (k,1,K)) == 1", "K in integer>=2; y in simplex(K); e in (0,1)",
     "extra part"),
    ("exp(c*z[j])/sum(exp(c*z[k]), (k,1,K)) == softmax(z)[j]", VECTORS + "; c in real",
     "product for sum"),
    ("diff(-entropy(softmax(z)), z[j]) == softmax(z)[j]*log(softmax(z)[j])", VECTORS,
     "dropped term"),
    ("limit(sqrt(x)*log(x), x, 0, '+') == -oo", "x in (0,oo)", "value"),
    ("diff(sigmoid(s), s) == 1 - sigmoid(s)", "s in real", "dropped factor"),
    ("diff(-sum(p[k]*log(p[k]), (k,1,K)), p[j]) == -log(p[j])",
     "K in integer>=2; p in (0,oo)^K; j in index(K)", "dropped term"),
    ("grad(-sum(y*log(sigmoid(X@w)) + (1-y)*log(1-sigmoid(X@w))), w) == X.T @ (y - sigmoid(X@w))",
     "N in integer>=2; X in real^(N,2); w in real^2; y in [0,1]^N", "sign"),
]  # fmt: skip
"""Claim, what is declared, and the name of the mistake."""


def refuted(claim: str, let: object) -> Verdict:
    found = verify(claim, let=let)  # type: ignore[arg-type]
    links = found.links if isinstance(found, Verdicts) else (found,)
    return next(link for link in links if link.refuted)


@pytest.mark.parametrize(("claim", "let", "name"), WRONG, ids=[row[0] for row in WRONG])
def test_the_mistake_is_named(claim: str, let: str, name: str) -> None:
    mistake = diagnose(refuted(claim, let.split("; ")), seconds=20)
    assert mistake is not None
    assert mistake.name == name
    assert all(proof.proved for proof in mistake.proofs)


SENSIBLE = {
    "SG03": "dropped factor", "SG07": "argument", "SG10": "factor", "SG15": "sign",
    "BC09": "sign", "BC12": "hard labels", "BC26": "chain factor", "MS02": "factor",
    "MS11": "diagonal", "SM18": "product for sum", "SM41": "index", "KL04": "sign",
    "KL08": "swapped", "KL11": "swapped", "KL16": "constraint", "KL24": "factor",
    "KL37": "exponent", "EN02": "strictness", "EN06": "log base", "EN09": "dropped term",
    "EN11": "sign", "EN15": "value", "FO04": "chain factor", "FO07": "chain factor",
    "FO21": "exponent", "LS03": "extra part", "LS17": "constant", "LR02": "sign",
    "LR10": "sign", "LR18": "factor", "OT05": "sign", "OT19": "label convention",
    "LR35": "normaliser", "KL46": "factor",
}  # fmt: skip
"""Identifier of a false claim beside the project -> the mistake that its note speaks of."""


def false_rows() -> list[dict]:
    if not FILE.exists():
        return []
    rows = map(json.loads, FILE.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["id"] in SENSIBLE]


@pytest.mark.parametrize("row", false_rows(), ids=lambda row: row["id"])
def test_the_mistakes_of_published_formulas_are_named(row: dict) -> None:
    mistake = diagnose(refuted(row["plain"], row["assume"]), seconds=20)
    assert mistake is not None
    assert mistake.name == SENSIBLE[row["id"]]


@pytest.mark.parametrize(
    ("claim", "let", "name"), [row for row in WRONG if row[2] not in ("value", "two classes")]
)
def test_the_repaired_claim_is_read_back_and_true(claim: str, let: str, name: str) -> None:
    """Independently: what is printed as true instead is true at points drawn here."""
    mistake = diagnose(refuted(claim, let.split("; ")), seconds=20)
    assert mistake is not None
    random, context = Random(claim), mistake.proofs[0].claim.context
    chain = parse_claim(mistake.repaired, context)
    assert chain.operators == (mistake.proofs[0].claim.operator,)
    assert mistake.proofs[0].claim.written is not None
    for proof in mistake.proofs:
        assert proof.claim.written is not None
        for _ in range(4):
            point = draw(proof.claim.context, random)
            found = compare(*proof.claim.written.numbers, point, limit=120).order
            allowed = {"==": "==", "<=": ("<", "=="), ">=": (">", "==")}
            assert found in allowed[proof.claim.operator]


def test_a_mistake_needs_a_proof() -> None:
    mistake = diagnose(refuted("diff(x**2, x) == x", ["x in real"]))
    assert mistake is not None
    wrong = refuted("x == 1", ["x in real"])
    for proofs in ((), (wrong,), (*mistake.proofs, wrong)):
        with pytest.raises(TypeError):
            dataclasses.replace(mistake, proofs=proofs)
    assert Mistake("sign", mistake.message, "", "", mistake.proofs).proofs == mistake.proofs


def test_only_a_refuted_claim_has_a_mistake() -> None:
    proved = verify("x == x", let="x in real")
    unknown = verify("x == 1", let=["x in (0,1)", "x > 2"])
    for verdict in (proved, unknown):
        assert isinstance(verdict, Verdict)
        assert diagnose(verdict) is None


def test_a_formula_without_a_repair_gets_no_name() -> None:
    verdict = refuted("kl(p,q)**3 == exp(tanh(p[1])) - 7", PAIR.split("; "))
    assert diagnose(verdict, seconds=2) is None


def test_time_is_kept() -> None:
    verdict = refuted("kl(p,q) <= kl(p,r) + kl(r,q)", ["p, q, r in open_simplex(3)"])
    started = time.monotonic()
    diagnose(verdict, seconds=0.5)
    assert time.monotonic() - started < 2
    started = time.monotonic()
    assert diagnose(verdict, seconds=0) is None
    assert time.monotonic() - started < 0.5


def test_the_names_are_different_and_the_texts_are_in_every_language() -> None:
    assert len({row.name for row in TABLE}) == len(TABLE)
    mistake = diagnose(refuted("diff(x**2, x) == x", ["x in real"]))
    assert mistake is not None
    assert len({mistake.message.render(language) for language in LANGUAGES}) == len(LANGUAGES)


def test_a_latex_claim_and_a_definition_have_mistakes_too() -> None:
    let = ["s in real", "y in [0,1]", r"J(y, s) := \log(1+\exp(s)) - y s"]
    mistake = diagnose(refuted(r"\frac{\partial J}{\partial s} = y - \sigma(s)", let))
    assert mistake is not None
    assert mistake.name == "sign"
    assert mistake.repaired == "diff(J, s) == sigmoid(s) - y"


def test_hypotheses_go_over_to_another_domain() -> None:
    mistake = diagnose(refuted("y**2 == y", ["y in [0,1]", "x in real", "x > y"]))
    assert mistake is not None
    assert mistake.where == "y in {0, 1}"
    assert context_of(["y in {0,1}"]).declarations["y"].domain == (
        mistake.proofs[0].claim.context.declarations["y"].domain
    )


def test_a_value_of_a_counterexample_is_read_back() -> None:
    assert given("[[1/2, -1], [0, 3]]") == ((0.5, -1), (0, 3))


def test_nothing_is_said_of_symbols_that_the_claim_does_not_have() -> None:
    let = ["K, N in integer>=2", "z, a in real^K", "u, v in real^N"]
    claim = "-sum(a[l]*log(softmax(z)[l]), (l,1,K)) == logsumexp(z) - sum(a[l]*z[l], (l,1,K))"
    mistake = diagnose(refuted(claim, let), seconds=20)
    assert mistake is not None
    assert mistake.where == "a in simplex(K)"


@pytest.mark.parametrize(
    "text", [r"\sigma'(2s) = 2 \sigma(2s)(1-\sigma(2s))", r"\sum_{k \ne j} p_k = 2 - p_j"]
)
def test_a_claim_that_cannot_be_told_in_plain_text_stays_refuted(text):
    found = verify(text, let=f"s in real; {PAIR}; j in index(K)".split("; "))
    assert isinstance(found, Verdict) and found.refuted
    diagnose(found)
