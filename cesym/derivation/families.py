r"""Families of losses as data: a distribution and a link. From these two alone SymPy works out
everything else.

A family writes a page (`cesym.derivation.family_pages`) in which every right-hand side that can be
computed is `?`; deriving the page fills them in by the named rules and proves them, so that a
family and a page of the library go the same way.

What a density needs besides its parameters, such as y!, stands in it as $\log \Gamma$, or as a
declared constant where that is all that matters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cesym.messages import N_

Texts = Mapping[str, str]
"""Language -> text."""


@dataclass(frozen=True, slots=True)
class Family:
    r"""A distribution with density or mass `likelihood` of the label under its parameters, and
    links that make parameters of scores.

    Formulas are LaTeX. `declarations` name the symbols and where they live, the label first;
    `opening` is a text of the catalogue that says what they are, with the declarations for its
    fields. `parameters` are the names of those that are learned. `links` say what some of them are
    made of, over the `scores`; a family without links is learned in its parameters as they are.
    """

    name: str
    titles: Texts
    opening: str
    declarations: Mapping[str, str]
    likelihood: str
    parameters: tuple[str, ...]
    links: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, str] = field(default_factory=dict)

    @property
    def variables(self) -> tuple[str, ...]:
        """What the loss is differentiated by in the end: scores, and parameters without a link."""
        kept = tuple(name for name in self.parameters if name not in self.links)
        return (*kept, *self.scores)


BERNOULLI = r"\hat{y}^{y} (1 - \hat{y})^{1 - y}"
BERNOULLI_OPENING = N_("Let ${y}$ be the label and ${y_hat}$ the probability of label 1.")
BERNOULLI_SYMBOLS = {"y": r"y \in [0, 1]", "y_hat": r"\hat{y} \in (0, 1)"}

BERNOULLI_LOGISTIC = Family(
    name="bernoulli-logistic",
    titles={
        "en": "Bernoulli likelihood with the logistic link",
        "zh": "伯努利似然与逻辑斯谛联系函数",
    },
    opening=BERNOULLI_OPENING,
    declarations=BERNOULLI_SYMBOLS,
    likelihood=BERNOULLI,
    parameters=("y_hat",),
    links={"y_hat": r"\sigma(s)"},
    scores={"s": r"s \in \mathbb{R}"},
)

BERNOULLI_CLOGLOG = Family(
    name="bernoulli-cloglog",
    titles={
        "en": "Bernoulli likelihood with the complementary log-log link",
        "zh": "伯努利似然与互补双对数联系函数",
    },
    opening=BERNOULLI_OPENING,
    declarations=BERNOULLI_SYMBOLS,
    likelihood=BERNOULLI,
    parameters=("y_hat",),
    links={"y_hat": r"1 - e^{-e^{s}}"},
    scores={"s": r"s \in \mathbb{R}"},
)

BINOMIAL_LOGISTIC = Family(
    name="binomial-logistic",
    titles={
        "en": "Binomial likelihood with the logistic link",
        "zh": "二项似然与逻辑斯谛联系函数",
    },
    opening=N_(
        "Of ${n}$ trials a share ${y}$ succeeds, each with the probability ${q}$. There are ${c}$"
        " ways to choose the trials that succeed; the probability does not occur in it."
    ),
    declarations={
        "y": r"y \in [0, 1]",
        "q": r"q \in (0, 1)",
        "n": r"n \in \mathbb{N}",
        "c": r"c \in [1, \infty)",
    },
    likelihood=r"c q^{n y} (1 - q)^{n (1 - y)}",
    parameters=("q",),
    links={"q": r"\sigma(s)"},
    scores={"s": r"s \in \mathbb{R}"},
)

POISSON = r"\mu^{y} e^{-\mu - \log \Gamma(y + 1)}"
POISSON_OPENING = N_(
    "Let ${y}$ be a count and ${mu}$ its mean. The logarithm of the factorial of $y$ is written"
    " ${factorial}$; the mean does not occur in it."
)
POISSON_SYMBOLS = {"y": r"y \in [0, \infty)", "mu": r"\mu \in (0, \infty)"}

POISSON_LOG = Family(
    name="poisson-log",
    titles={
        "en": "Poisson likelihood with the logarithmic link",
        "zh": "泊松似然与对数联系函数",
    },
    opening=POISSON_OPENING,
    declarations=POISSON_SYMBOLS,
    likelihood=POISSON,
    parameters=("mu",),
    links={"mu": "e^{s}"},
    scores={"s": r"s \in \mathbb{R}"},
)

POISSON_IDENTITY = Family(
    name="poisson-identity",
    titles={"en": "Poisson likelihood in the mean itself", "zh": "以均值本身为参数的泊松似然"},
    opening=POISSON_OPENING,
    declarations=POISSON_SYMBOLS,
    likelihood=POISSON,
    parameters=("mu",),
)

GAUSSIAN = r"\frac{1}{\sqrt{2 \pi v}} e^{-\frac{(y - \mu)^2}{2 v}}"
GAUSSIAN_SYMBOLS = {
    "y": r"y \in \mathbb{R}",
    "mu": r"\mu \in \mathbb{R}",
    "v": r"v \in (0, \infty)",
}

GAUSSIAN_IDENTITY = Family(
    name="gaussian-identity",
    titles={"en": "Gaussian likelihood with a known variance", "zh": "方差已知的高斯似然"},
    opening=N_("Let ${y}$ be a measured value, ${mu}$ its mean, and ${v}$ its known variance."),
    declarations=GAUSSIAN_SYMBOLS,
    likelihood=GAUSSIAN,
    parameters=("mu",),
)

GAUSSIAN_LOG_VARIANCE = Family(
    name="gaussian-log-variance",
    titles={
        "en": "Gaussian likelihood in the mean and the logarithm of the variance",
        "zh": "以均值与对数方差为参数的高斯似然",
    },
    opening=N_("Let ${y}$ be a measured value, ${mu}$ its mean, and ${v}$ its variance."),
    declarations=GAUSSIAN_SYMBOLS,
    likelihood=GAUSSIAN,
    parameters=("mu", "v"),
    links={"v": "e^{t}"},
    scores={"t": r"t \in \mathbb{R}"},
)

EXPONENTIAL_LOG = Family(
    name="exponential-log",
    titles={
        "en": "Exponential likelihood with the logarithmic link",
        "zh": "指数分布的似然与对数联系函数",
    },
    opening=N_("Let ${y}$ be a waiting time and ${mu}$ its mean."),
    declarations={"y": r"y \in [0, \infty)", "mu": r"\mu \in (0, \infty)"},
    likelihood=r"\frac{1}{\mu} e^{-\frac{y}{\mu}}",
    parameters=("mu",),
    links={"mu": "e^{s}"},
    scores={"s": r"s \in \mathbb{R}"},
)

NEGATIVE_BINOMIAL_LOG = Family(
    name="negative-binomial-log",
    titles={
        "en": "Negative binomial likelihood with the logarithmic link",
        "zh": "负二项似然与对数联系函数",
    },
    opening=N_(
        "Let ${y}$ be a count, ${mu}$ its mean, and ${r}$ the known number that says how far counts"
        " scatter: the variance is ${variance}$."
    ),
    declarations={
        "y": r"y \in [0, \infty)",
        "mu": r"\mu \in (0, \infty)",
        "r": r"r \in (0, \infty)",
    },
    likelihood=(
        r"\left( \frac{r}{r + \mu} \right)^{r} \left( \frac{\mu}{r + \mu} \right)^{y}"
        r" e^{\log \Gamma(y + r) - \log \Gamma(r) - \log \Gamma(y + 1)}"
    ),
    parameters=("mu",),
    links={"mu": "e^{s}"},
    scores={"s": r"s \in \mathbb{R}"},
)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a scripted page: a heading, words, definitions, chains, and claims.

    A chain is its left side and the names of its rules, each with the formula of its phrase.
    """

    heading: str
    words: str = ""
    definitions: tuple[str, ...] = ()
    chains: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VectorFamily:
    """A distribution over several classes. Its rules are data too: those that carry a sum over a
    symbolic number of classes from one line to the next.
    """

    name: str
    titles: Texts
    opening: str
    declarations: Mapping[str, str]
    parts: tuple[Part, ...]
    exports: Mapping[str, str]


CATEGORICAL_SOFTMAX = VectorFamily(
    name="categorical-softmax",
    titles={
        "en": "Categorical likelihood with the softmax link",
        "zh": "类别分布的似然与 softmax 联系函数",
    },
    opening=N_(
        "Of ${K}$ classes the target ${p}$ says how often each occurs, and ${q}$ how probable the"
        " model takes it to be. Let ${i}$ and ${j}$ be classes."
    ),
    declarations={
        "K": r"K \in \mathbb{N}_{\ge 2}",
        "p": r"p \in \Delta^{K-1}",
        "q": r"q \in (0, 1)^K",
        "i": r"i \in \{1, \dots, K\}",
        "j": r"j \in \{1, \dots, K\}",
    },
    parts=(
        Part(N_("Likelihood"), definitions=(r"P := \prod_{k=1}^{K} q_k^{p_k}",)),
        Part(
            N_("Log-likelihood"),
            chains=((r"\log P", (("definition", "P"), ("expand-logarithm", ""))),),
        ),
        Part(
            N_("Negative log-likelihood"),
            "",
            (r"L := -\sum_{k=1}^{K} p_k \log q_k",),
            ((r"-\log P", (("definition", "P"), ("expand-logarithm", ""), ("recognise", "L"))),),
        ),
        Part(
            N_("Gradient in the probabilities"),
            chains=((r"\frac{\partial L}{\partial q_j}", (("differentiate", ""),)),),
        ),
        Part(
            N_("Through the softmax"),
            "",
            (r"J := -\sum_{k=1}^{K} p_k \log \operatorname{softmax}(z)_k",),
            (
                (
                    "J",
                    (
                        ("definition", "J"),
                        ("log-softmax", ""),
                        ("expand", ""),
                        ("sum-to-one", ""),
                    ),
                ),
            ),
        ),
        Part(
            N_("Gradient in the logits"),
            chains=(
                (r"\frac{\partial J}{\partial z_j}", (("insert", "J"), ("differentiate", ""))),
            ),
        ),
        Part(
            N_("Second derivatives in the logits"),
            chains=(
                (
                    r"\frac{\partial^2 J}{\partial z_j \partial z_i}",
                    (("insert", r"\frac{\partial J}{\partial z_j}"), ("differentiate", "")),
                ),
            ),
        ),
        Part(
            N_("Convexity"),
            N_("In all logits together the loss is convex, whatever the target:"),
            claims=(r"J \text{ is convex in } z",),
        ),
        Part(
            N_("Forms that a computer can evaluate"),
            N_("With $j$ the class of the largest logit no exponent is positive here:"),
            claims=(r"\operatorname{LSE}(z) = z_j + \log \sum_{k=1}^{K} e^{z_k - z_j}",),
        ),
    ),
    exports={"loss": "J", "gradient": r"\frac{\partial J}{\partial z_j}"},
)

FAMILIES: dict[str, Family | VectorFamily] = {
    family.name: family
    for family in (
        BERNOULLI_LOGISTIC,
        BERNOULLI_CLOGLOG,
        BINOMIAL_LOGISTIC,
        CATEGORICAL_SOFTMAX,
        POISSON_LOG,
        POISSON_IDENTITY,
        GAUSSIAN_IDENTITY,
        GAUSSIAN_LOG_VARIANCE,
        EXPONENTIAL_LOG,
        NEGATIVE_BINOMIAL_LOG,
    )
}
