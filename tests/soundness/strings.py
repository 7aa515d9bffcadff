"""Texts that nobody would write: every reader has to read them or to refuse them with a place."""

from collections.abc import Callable
from random import Random

from cesym.errors import CesymError
from cesym.reader import latex, plain
from tests.reader.latex.known import NAMES
from tests.reader.latex.test_fuzz import FORMULAS, PIECES

PLAIN = [
    "sum(softmax(z)[k], (k,1,K)) == 1", "diff(sigmoid(x), x) == sigmoid(x)*(1-sigmoid(x))",
    "log(x**2) >= 2*log(x)", "limit(x*log(x), x, 0, '+') == 0", "argmin((x-a)**2, x) == a",
    "y in [0,1)", "z in real^(K,3)", "p in simplex(K)", "f(x) := x**2", "0 <= q < 1 <= K",
]  # fmt: skip
PLAIN_PIECES = [
    *"abexyzkKN0127 +-*/^_=(){}[]|<>.,'\"?!:;~%$\x00\n\ud800", "**", "==", "<=", "sum(", "diff(",
    "lambda x: ", "__import__('os')", "x.real", "softmax", " if ", " in ", "(k,1,K)", "1e999",
]  # fmt: skip
READERS: dict[str, tuple[Callable, ...]] = {
    "latex": (
        latex.parse_expression,
        latex.parse_chain,
        latex.parse_inline,
        latex.parse_display,
    ),
    "plain": (plain.parse_claim, plain.parse_assumption, plain.parse_expression),
}


def random_text(random: Random) -> tuple[str, str]:
    """A language and a text of pieces of it, or of any characters."""
    language = random.choice(list(READERS))
    if random.random() < 0.3:
        return language, "".join(
            chr(random.randrange(1, 0x3000)) for _ in range(random.randrange(40))
        )
    pieces = PIECES if language == "latex" else PLAIN_PIECES
    between = random.choice(["", "", " "])
    return language, between.join(random.choices(pieces, k=random.randrange(30)))


def mutated_formula(random: Random) -> tuple[str, str]:
    """A language and a formula of it with pieces taken out, put in, doubled or exchanged."""
    language = random.choice(["latex", "latex", "latex", "plain"])
    text = random.choice(FORMULAS if language == "latex" else PLAIN)
    pieces = PIECES if language == "latex" else PLAIN_PIECES
    for _ in range(random.randint(1, 5)):
        start = random.randint(0, len(text))
        stop = random.randint(start, min(start + 6, len(text)))
        put = random.choice(["", text[start:stop] * 2, random.choice(pieces)])
        text = text[:start] + put + text[stop:]
    return language, text


TEXTS = {"random text": random_text, "mutated formula": mutated_formula}


def answered(language: str, text: str) -> str:
    """`read` or `refused`. Any exception but an error with its place is a crash."""
    said = "refused"
    for reader in READERS[language]:
        try:
            reader(text, NAMES)
            said = "read"
        except CesymError as error:
            assert error.place is not None
    return said
