"""A derivation in other conventions is read and proved from its own text; only formulas change."""

import re

import pytest
from derived import derived

from cesym.derivation import Conventions, derive
from cesym.derivation.api import _page, loss_as_page
from cesym.derivation.checking import check_page
from cesym.derivation.conventions import in_conventions
from cesym.derivation.library import entry
from cesym.documents import TARGETS, render
from cesym.errors import DeclarationError, ReadError, UnsupportedTerm
from cesym.reader.pages import read_page
from cesym.reader.reading import read_mathematics
from cesym.reader.tex import read_tex

LOG = re.compile(r"\\log(?![_A-Za-z0-9])")

TOP = r"""---
title: A page on $s$
exports:
  loss: J(s)
---

# A page on $s$

"""


def written(body, rename=(), *, ln=False):
    page = read_page(body, "a.md", "en")
    return in_conventions(page, Conventions(dict(rename), ln=ln)).text


@pytest.mark.parametrize(
    ("formula", "declared", "rename", "after"),
    [
        (r"s = s \quad \text{the s of $s$, and s}", r"s > 0", {"s": "z"},
         r"z = z \quad \text{the s of $z$, and s}"),
        (r"\sigma(s) = \operatorname{sigmoid}(s)", r"s \in \mathbb{R}", {"s": "z"},
         r"\sigma(z) = \operatorname{sigmoid}(z)"),
        (r"\log s + \log(s) = 2 \log s", r"s > 0", {"s": r"\mu"},
         r"\log \mu + \log(\mu) = 2 \log \mu"),
        (r"\log\hat{y} = \log \hat y", r"\hat{y} > 0", {r"\hat{y}": "q"},
         r"\log q = \log q"),
        (r"2 s y = y s + s y", r"s, y > 0", {"s": r"\mu"},
         r"2 \mu y = y \mu + \mu y"),
        (r"sy = ys", r"s, y > 0", {"s": r"\mu"}, r"\mu y = y\mu"),
        (r"s y = y s", r"s, y > 0", {"s": "y", "y": "s"}, r"y s = s y"),
        (r"z_j + z_{j} = 2 z_j", r"z \in \mathbb{R}^K$ and $j \in \{1, \dots, K\}",
         {"j": r"\hat{k}", "z": "s"},
         r"s_{\hat{k}} + s_{\hat{k}} = 2 s_{\hat{k}}"),
        (r"\hat{y_j} = \hat{y}_j", r"\hat{y} \in \mathbb{R}^K$ and $j \in \{1, \dots, K\}",
         {"y_hat": "q", "j": "n"}, r"q_n = q_n"),
        (r"P_t + t = t + P_t", r"P_t > 0$ and $t > 0", {"t": "u"}, r"P_t + u = u + P_t"),
        (r"P_t + t = t + P_t", r"P_t > 0$ and $t > 0", {"P_t": "q"}, r"q + t = t + q"),
        (r"\hat{s} + s = s + \hat{s}", r"s > 0$ and $\hat{s} > 0", {"s": "z"},
         r"\hat{s} + z = z + \hat{s}"),
        (r"x_1 = x_1", r"x_1 > 0$ and $x \in \mathbb{R}^K", {"x": "z"}, r"z_1 = z_1"),
        (r"s^* + s = s + s^{*}", r"s > 0$ and $s^* > 0", {"s^*": "z"}, r"z + s = s + z"),
    ],
)  # fmt: skip
def test_names_are_renamed_as_they_are_read(formula, declared, rename, after):
    body = f"Let ${declared}$.\n\n$$\n{formula}\n$$\n"
    text = written(body, rename)
    assert text.split("$$\n")[1].rstrip("\n") == after
    before = read_mathematics(read_page(body, "a.md", "en"))
    assert not before.problems, "the example itself must be readable"
    assert not read_mathematics(read_page(text, "a.md", "en")).problems


def test_words_code_and_sets_stay_as_they_are():
    body = "Let $s \\in \\mathbb{R}$. So s is `$s$`, or\n$s + 1$.\n\n```\n$s$\n```\n"
    assert written(body, {"s": "R"}) == body.replace("$s \\in", "$R \\in").replace(
        "\n$s + 1$", "\n$R + 1$"
    )


def test_front_matter_and_headings_are_renamed():
    page = read_page(TOP + "Let $s > 0$.\n\n$$\nJ(s) := s\n$$\n", "a.md", "en")
    found = in_conventions(page, Conventions({"s": "z", "J": "L"}))
    assert (found.title, dict(found.exports)) == ("A page on $z$", {"loss": "L(z)"})
    assert getattr(found.blocks[0], "text", "") == "A page on $z$"


@pytest.mark.parametrize(
    ("rename", "what"),
    [
        ({"z": "t"}, "no symbol z"),
        ({"s": "y"}, "uses y already"),
        ({"s": "J"}, "uses J already"),
        ({"s": "k"}, "uses k already"),
        ({"s": "t", "y": "t"}, "uses t already"),
        ({"s": "e"}, "meaning of its own"),
        ({"s": "x", "y": r"\pi"}, "meaning of its own"),
        ({"w": "x_1"}, "has indices or primes"),
        ({"s": "w_1"}, "uses w_1 already"),
        ({"s": "P"}, "uses P already"),
    ],
)
def test_names_that_do_not_fit_are_refused(rename, what):
    body = (
        "Let $s > 0$, $y > 0$, $P_t > 0$ and $w \\in \\mathbb{R}^K$.\n\n$$\nJ(s) := s\n$$\n\n"
        "$$\n\\sum_{k=1}^K w_k + y = y + \\sum_{k=1}^K w_k\n$$\n"
    )
    with pytest.raises(DeclarationError, match=what) as found:
        written(body, rename)
    assert found.value.remedy and found.value.place


@pytest.mark.parametrize("name", ["s t", r"\frac{s}{t}", "2", "", r"\foo"])
def test_what_is_no_symbol_is_no_name(name):
    with pytest.raises(ReadError):
        written("Let $s > 0$.\n\n$$\nJ(s) := s\n$$\n", {"s": name})


def test_ln_leaves_logarithms_of_a_base():
    body = (
        r"Let $s > 0$, of $\log s$."
        + "\n\n$$\n\\log s = \\log_2(s) \\log 2 \\quad \\text{log of $\\log s$}\n$$\n"
    )
    after = body.replace(r"\log s", r"\ln s").replace(r"\log 2", r"\ln 2")
    assert written(body, ln=True) == after


CASES = [
    ("binary-cross-entropy", "en", {"s": "z", r"\hat{y}": "q", "y": "u"}),
    ("categorical-cross-entropy", "zh", {"z": "s", "K": "C", "j": r"\ell"}),
    ("many-samples", "en", {"s": "z", r"\hat{y}": r"\hat{p}", "i": "n"}),
    ("poisson-log", "zh", {"mu": r"\lambda", "s": r"\eta", "L": r"\mathcal{L}"}),
]


@pytest.mark.parametrize(("name", "language", "rename"), CASES)
def test_pages_and_families_are_proved_again(name, language, rename):
    before = derived(name, language)
    after = derive(name, conventions=Conventions(rename, ln=True), language=language, seconds=30)
    ways = [(step.operator, step.rule, step.reason.split("$")[0]) for step in after.steps]
    assert ways == [(s.operator, s.rule, s.reason.split("$")[0]) for s in before.steps]
    known = {*after.context.declarations, *after.context.definitions}
    assert len(known) == len({*before.context.declarations, *before.context.definitions})
    for target in TARGETS.keys() - {"sympy"}:
        assert not LOG.search(render(after, target)), target


def test_a_loss_of_the_user_is_renamed():
    found = derive(
        loss="-(1-q)**g*log(q)",
        let=["q in (0,1)", "g in [0,oo)"],
        link="q = sigmoid(s)",
        conventions=Conventions({"q": r"\hat{p}", "g": "gamma", "s": "x"}, ln=True),
    )
    assert {*found.context.declarations} == {"p_hat", "gamma", "x"}
    assert "ln p̂" in render(found, "text") and "log p̂" not in render(found, "text")
    assert "? " not in render(found, "markdown")


def test_the_old_names_are_gone():
    page = loss_as_page("(q - y)**2", let=["q in (0,1)", "y in [0,1]"])
    text = in_conventions(page, Conventions({"q": "p", "y": "t"})).text
    formulas = "".join(re.findall(r"\$+([^$]+)\$+", text))
    assert not re.search(r"(?<![A-Za-z\\])[qy](?![A-Za-z])", formulas)


def test_no_conventions_change_nothing():
    found = entry("sigmoid", "en")
    page = read_page(found.text(), found.source, "en")
    assert in_conventions(page, Conventions()) is page


ALL = Conventions(labels=(-1, 1), reduction="mean", log_base=2)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sections_are_added_to_a_family_and_proved(language):
    before = derived("bernoulli-logistic", language)
    found = derive("bernoulli-logistic", conventions=ALL, language=language, seconds=30)
    assert len(found.blocks) > len(before.blocks)
    shown = {e.name: (e.latex, e.result_latex) for e in found.exports}
    assert {e.name for e in before.exports} < shown.keys()
    assert shown["loss_signed"] == ("M(t, s)", r"\log(1 + e^{-s t})")
    assert shown["gradient_signed"][1] == r"-t \sigma(-s t)"
    assert shown["gradient_mean"][1] == r"\frac{\sigma(S_j) - Y_j}{N}"
    assert shown["loss_bits"][1] == r"-[y \log_2 \sigma(s) + (1 - y) \log_2(1 - \sigma(s))]"
    assert shown["gradient_bits"][1] == r"\frac{\sigma(s) - y}{\log 2}"
    for target in TARGETS:
        assert render(found, target)


def test_the_other_values_and_names_go_together():
    conventions = Conventions(
        {"s": "z", "t": "u"}, ln=True, labels=(-1, 1), reduction="sum", log_base=10
    )
    found = derive("squared-error", conventions=conventions, seconds=30)
    shown = {e.name: e.result_latex for e in found.exports}
    assert shown["loss_signed"] == r"\frac{1}{2} (\sigma(z u) - 1)^2"
    assert shown["gradient_sum"].startswith(r"\sigma(") and "N" not in shown["gradient_sum"]
    assert r"\ln 10" in found.export("loss_digits").latex
    assert not LOG.search(render(found, "json").replace('"\\\\log_', ""))


def test_a_loss_that_knows_no_margin_keeps_its_definition():
    found = derive("bernoulli-cloglog", conventions=Conventions(labels=(-1, 1)), seconds=30)
    chains = [chain for chain in found.chains if chain.latex == "M(t, s)"]
    assert [step.rule for step in chains[0].steps] == ["definition", "definition"]


def test_parameters_that_are_no_label_are_shared_by_all_samples():
    found = derive(
        loss="-y*(1-q)**g*log(q)",
        let=["y in [0,1]", "q in (0,1)", "g in [1,oo)"],
        by="q",
        conventions=Conventions(reduction="mean"),
    )
    assert found.export("loss_mean").term.func.__name__ == "T"
    (body,) = [d.body for d in found.context.definitions.values() if d.name == "T"]
    assert "g" in map(str, body.free_symbols) and "y" not in map(str, body.free_symbols)


SECTIONS = [
    (
        "margin-form",
        "zh",
        Conventions(labels=(0, 1)),
        {
            "loss_binary": r"-\left[ a \log \sigma(s) + (1 - a) \log (1 - \sigma(s)) \right]",
            "gradient_binary": r"\sigma(s) - a",
        },
    ),
    (
        "gaussian",
        "en",
        Conventions(reduction="mean"),
        {"gradient_mu_mean": r"\frac{(M_j - Y_j) e^{-T_j}}{N}"},
    ),
    (
        "categorical-softmax",
        "zh",
        Conventions(reduction="mean"),
        {"gradient_mean": r"\frac{\operatorname{softmax}(Z)_{nj} - Y_{nj}}{N}"},
    ),
    (
        "many-samples",
        "en",
        Conventions(reduction="sum"),
        {"loss_sum": r"N \, F", "gradient_s_sum": r"\sigma(s_j) - y_j"},
    ),
    (
        "poisson-log",
        "en",
        Conventions(log_base=2),
        {"gradient_bits": r"\frac{e^s - y}{\log 2}"},
    ),
]


@pytest.mark.parametrize(("name", "language", "conventions", "wanted"), SECTIONS)
def test_other_shapes_of_losses_have_sections(name, language, conventions, wanted):
    found = derive(name, conventions=conventions, language=language, seconds=30)
    shown = {e.name: e.result_latex for e in found.exports}
    assert {name: shown[name] for name in wanted} == wanted


WEIGHED = r"""---
exports:
  loss: J(c, y, s)
  gradient: \frac{\partial J}{\partial s}
---
Let $c > 0$, $y \in \{0, 1\}$ and $s \in \mathbb{R}$.

$$
J(c, y, s) := -\left[ c \, y \log \sigma(s) + (1 - y) \log (1 - \sigma(s)) \right]
$$

$$
\frac{\partial J}{\partial s}
  = (1 - y) \sigma(s) - c \, y (1 - \sigma(s)) \quad \text{differentiate}
$$
"""


def test_weights_of_the_classes_go_with_the_sign(tmp_path):
    (tmp_path / "weighed.md").write_text(WEIGHED, encoding="utf-8")
    path = tmp_path / "weighed.md"
    found = derive(path, conventions=Conventions(labels=(-1, 1), reduction="mean"))
    shown = {e.name: (e.latex, e.result_latex) for e in found.exports}
    weight = r"\left[ \frac{1 + t}{2} \, c + \frac{1 - t}{2} \right]"
    assert shown["loss_signed"] == ("M(c, t, s)", weight + r" \log(1 + e^{-s t})")
    assert shown["gradient_signed"][1] == "-" + weight + r" t \sigma(-s t)"
    (total,) = [d for d in found.context.definitions.values() if d.name == "T"]
    assert {str(s) for s in total.body.free_symbols} >= {"c", "N"}


ONE_CLASS = r"""---
exports:
  loss: J
  gradient: \frac{\partial J}{\partial z_j}
---
Let $K \in \mathbb{N}$, $z \in \mathbb{R}^K$ and $c, j \in \{1, \dots, K\}$.

$$
J := %s
$$

$$
\frac{\partial J}{\partial z_j}
  = \operatorname{softmax}(z)_j - \delta_{jc} \quad \text{differentiate}
$$
"""


def test_the_class_of_a_sample_becomes_a_row_with_a_one(tmp_path):
    path = tmp_path / "class.md"
    delta = r"\operatorname{LSE}(z) - \sum_{k=1}^{K} \delta_{kc} z_k"
    path.write_text(ONE_CLASS % delta, encoding="utf-8")
    found = derive(path, conventions=Conventions(reduction="sum"))
    assert found.export("gradient_sum").result_latex == r"\operatorname{softmax}(Z)_{nj} - Y_{nj}"
    path.write_text(ONE_CLASS % r"\operatorname{LSE}(z) - z_c", encoding="utf-8")
    with pytest.raises(UnsupportedTerm, match="class c of a sample stands outside of a delta"):
        derive(path, conventions=Conventions(reduction="sum"))


def test_what_a_page_has_already_adds_nothing():
    for name, conventions in (
        ("sigmoid", Conventions(log_base=None)),
        ("margin-form", Conventions(labels=(-1, 1))),
        ("bernoulli-logistic", Conventions(labels=(0, 1))),
        ("many-samples", Conventions(reduction="mean")),
    ):
        page = _page(name, "en")[0]
        assert in_conventions(page, conventions) is page


def test_a_loss_of_classes_is_told_in_bits():
    found = derive("categorical-cross-entropy", conventions=Conventions(log_base=2), seconds=30)
    assert r"\log 2" in found.export("gradient_bits").result_latex


@pytest.mark.parametrize(
    ("name", "conventions", "what"),
    [
        ("poisson", Conventions(labels=(-1, 1)), r"no label of two classes: .* y \\in \[0"),
        ("categorical-softmax", Conventions(labels=(-1, 1)), "no label of two classes"),
        ("softmax", Conventions(reduction="mean"), "no loss with its gradient"),
        ("sigmoid", Conventions(log_base=2), "no loss and no logarithm"),
        ("softmax", Conventions(log_base=2), "exports no results"),
    ],
)
def test_a_page_without_such_results_is_refused(name, conventions, what):
    with pytest.raises(UnsupportedTerm, match=what) as found:
        derive(name, conventions=conventions, seconds=30)
    assert found.value.remedy


LAYOUTS = [
    (
        "categorical-cross-entropy",
        "zh",
        Conventions({"z": "s", "J": "F"}, ln=True, layout="numerator"),
        r"\frac{\partial F}{\partial s} = \operatorname{softmax}(s)^\top - p^\top",
        r"\frac{\partial F}{\partial s} = \left( \nabla_s F \right)^\top",
    ),
    (
        "softmax",
        "en",
        Conventions(layout="denominator"),
        r"\frac{\partial \operatorname{softmax}(z)}{\partial z} a = ",
        "columns with what stands above",
    ),
]


@pytest.mark.parametrize(("name", "language", "conventions", "line", "said"), LAYOUTS)
def test_a_page_is_proved_in_another_layout(name, language, conventions, line, said):
    found = derive(name, conventions=conventions, language=language, seconds=30)
    text = render(found, "markdown")
    body, _, section = text.rpartition("\n## ")
    assert line in body and said in section and f"layout: {conventions.layout}" in text
    assert not re.search(r"\\nabla_\w(?!\^)", body), "no gradient is left before the section"
    assert not read_mathematics(read_page(text, "a.md", language)).problems
    before = derived(name, language)
    assert len(found.steps) >= len(before.steps)
    assert len(found.exports) == len(before.exports)
    again = read_mathematics(read_tex(render(found, "latex"), "again.tex", language))
    assert not check_page(again, seconds=30).unread


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_no_vector_is_nothing_changes_and_that_is_said(language):
    found = derive("sigmoid", conventions=Conventions(layout="numerator"), language=language)
    before = derived("sigmoid", language)
    assert [s.latex for s in found.steps] == [s.latex for s in before.steps]
    said = [getattr(block, "text", "") for block in found.blocks[len(before.blocks) :]]
    assert len(said) == 2 and ("nothing changes" in said[1] or "什么也不改变" in said[1])


@pytest.mark.parametrize(
    "wrong", [{"layout": "mixed"}, {"labels": (0, 2)}, {"reduction": "max"}, {"log_base": 3}]
)
def test_other_values_are_refused(wrong):
    with pytest.raises(ReadError, match="cannot be"):
        Conventions(**wrong)
