"""What the commands of LaTeX mean: tables only, one fact a line."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


def _commands(text: str) -> list[str]:
    return ["\\" + name for name in text.split()]


GREEK: dict[str, str] = {
    command: command[1:]
    for command in _commands(
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa mu nu xi "
        "pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega ell "
        "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
    )
} | {"\\lambda": "lamda"}
r"""Command -> identifier. `\lambda` is spelled as SymPy spells it: `lambda` is a word of Python."""

ACCENTS: dict[str, str] = {
    "\\hat": "hat",
    "\\widehat": "hat",
    "\\tilde": "tilde",
    "\\widetilde": "tilde",
    "\\bar": "bar",
    "\\overline": "bar",
    "\\vec": "vec",
    "\\dot": "dot",
    "\\ddot": "ddot",
    "\\check": "check",
    "\\breve": "breve",
    "\\acute": "acute",
    "\\grave": "grave",
    "\\mathring": "ring",
}
"""Accents that make another name: command -> what is added to the identifier."""

FONTS: dict[str, str] = {
    "\\mathbf": "bold",
    "\\boldsymbol": "bold",
    "\\bm": "bold",
    "\\mathcal": "cal",
    "\\mathscr": "scr",
    "\\mathsf": "sf",
    "\\mathfrak": "frak",
    "\\mathtt": "tt",
}
"""Fonts that make another name."""

UPRIGHT = frozenset({"\\mathrm", "\\operatorname", "\\mathop", "\\mathit"})
"""Commands whose argument is one name of several letters; the identifier is that word."""

SUFFIXES = frozenset({*ACCENTS.values(), *FONTS.values(), "prime", "star"})
r"""Not to be used as subscripts: `y_{hat}` would be the identifier of `\hat{y}`."""

SPACING = frozenset(
    {"\\" + character for character in ",;:!>/ \t\n"}
    | set(
        _commands(
            "quad qquad enspace enskip thinspace medspace thickspace negthinspace negmedspace "
            "displaystyle textstyle scriptstyle limits nolimits nonumber notag allowbreak nobreak "
            "big Big bigg Bigg strut mathstrut hfill relax space"
        )
    )
)
"""What changes how a formula looks and not what it says."""

SPACING_WITH_ARGUMENT = frozenset(_commands("hspace vspace mspace phantom hphantom vphantom"))
"""The same, with an argument that says nothing."""

WIDE_SPACES = frozenset(_commands("quad qquad enspace enskip hfill hspace mspace phantom hphantom"))
"""Spaces wide enough to part two formulas, or a formula from its reason."""

LABELS = frozenset({"\\tag", "\\label"})
"""Commands whose argument names the formula."""

TEXTS = frozenset(_commands("text textrm textnormal textup textit textbf textsf mbox"))
"""Commands whose argument is words."""

SYNONYMS: dict[str, str] = {
    "\\leq": "\\le",
    "\\leqslant": "\\le",
    "\\geq": "\\ge",
    "\\geqslant": "\\ge",
    "\\neq": "\\ne",
    "\\lt": "<",
    "\\gt": ">",
    "\\dfrac": "\\frac",
    "\\tfrac": "\\frac",
    "\\cfrac": "\\frac",
    "\\lbrace": "\\{",
    "\\rbrace": "\\}",
    "\\lbrack": "[",
    "\\rbrack": "]",
    "\\lparen": "(",
    "\\rparen": ")",
    "\\vert": "|",
    "\\Vert": "\\|",
    "\\parallel": "\\|",
    "\\cdot": "*",
    "\\times": "*",
    "\\ast": "*",
    "\\ldots": "\\dots",
    "\\cdots": "\\dots",
    "\\dotsc": "\\dots",
    "\\coloneqq": ":=",
    "\\coloneq": ":=",
    "\\colonequals": ":=",
    "\\triangleq": ":=",
    "\\isin": "\\in",
    "\\intercal": "\\top",
    "\\operatorname*": "\\operatorname",
    "\\tag*": "\\tag",
    "\\rightarrow": "\\to",
    "\\downarrow": "\\searrow",
    "\\uparrow": "\\nearrow",
    "\\circ": "\\odot",
    "\\Leftrightarrow": "\\iff",
    "\\Longleftrightarrow": "\\iff",
    "\\succcurlyeq": "\\succeq",
    "\\preccurlyeq": "\\preceq",
}
"""Commands with one meaning under several names."""

UNICODE: dict[str, str] = {
    "−": "-",
    "×": "*",
    "·": "*",
    "⋅": "*",
    "≤": "\\le",
    "⩽": "\\le",
    "≥": "\\ge",
    "⩾": "\\ge",
    "≠": "\\ne",
    "∞": "\\infty",
    "∂": "\\partial",
    "∈": "\\in",
    "∑": "\\sum",
    "∏": "\\prod",
    "√": "\\sqrt",
    "≔": ":=",
    "≜": ":=",
    "‖": "\\|",
    "∥": "\\|",
    "′": "'",
    "…": "\\dots",
    "ℓ": "\\ell",
    "∇": "\\nabla",
    "⊤": "\\top",
    "→": "\\to",
    "⟨": "\\langle",
    "⟩": "\\rangle",
    "⊙": "\\odot",
    "≈": "\\approx",
    "≡": "\\equiv",
    "±": "\\pm",
    "∼": "\\sim",
    "⇔": "\\iff",
    "⟺": "\\iff",
    "⪰": "\\succeq",
    "≽": "\\succeq",
    "≻": "\\succ",
    "⪯": "\\preceq",
    "≼": "\\preceq",
    "≺": "\\prec",
    "⇒": "\\implies",
    **dict(
        zip(
            "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΦΨΩ",
            _words(
                "\\alpha \\beta \\gamma \\delta \\varepsilon \\zeta \\eta \\theta \\iota \\kappa "
                "\\lambda \\mu \\nu \\xi \\pi \\rho \\sigma \\tau \\upsilon \\varphi \\chi \\psi "
                "\\omega \\Gamma \\Delta \\Theta \\Lambda \\Xi \\Phi \\Psi \\Omega"
            ),
            strict=True,
        )
    ),
}
"""Characters that stand for a command. `Σ` and `Π` are left out: a letter or a sum or product."""

PUNCTUATION = frozenset(".,;。，；")
"""What may follow a formula as part of the sentence around it."""

RELATIONS: dict[str, str] = {"=": "==", "\\le": "<=", "<": "<", "\\ge": ">=", ">": ">"}
"""Relation -> operator of the syntax tree."""

LOG_LIKE: dict[str, str] = {
    "\\log": "log",
    "\\ln": "log",
    "\\exp": "exp",
    "\\tanh": "tanh",
    "\\cosh": "cosh",
    "\\sinh": "sinh",
}
"""Functions that may stand before one factor without brackets."""

EXTREMA: dict[str, str] = {"\\max": "max", "\\min": "min"}

OPTIMA: dict[str, str] = {
    "lim": "limit",
    "min": "minvalue",
    "inf": "minvalue",
    "argmin": "argmin",
    "max": "",
    "sup": "",
    "argmax": "",
    "limsup": "",
    "liminf": "",
}
"""What takes a variable below it -> the kind of its node; empty for what is not read."""

OPTIMUM_COMMANDS = frozenset(_commands("lim inf sup arg argmin argmax limsup liminf underset"))
"""Commands that such an operator begins with, besides `\\min` and `\\max`."""

ELEMENTARY = frozenset(_words("exp log log2 log10 sqrt tanh cosh sinh"))
"""Functions of numbers that have another meaning for a square matrix."""

WORDS: dict[str, str] = {
    **{
        word: word
        for word in _words(
            "sigmoid softplus logit softmax logsumexp sign log exp tanh cosh sinh max min abs "
            "log1p expm1 xlogy lgamma"
        )
    },
    "ln": "log",
    "sgn": "sign",
    "LSE": "logsumexp",
    "KL": "kl",
    "D_KL": "kl",
    "D_JS": "js:",
    "JS": "js:",
    "JSD": "js:",
    "diag": "diag",
    "Diag": "diag",
    "H": "entropy",
    "sigma": "sigmoid",
}
"""Upright words and letters that are functions, with brackets, as long as nobody declares them."""

TYPED_WORDS = frozenset(
    _words(
        "log ln exp max min tanh cosh sinh sin cos tan sqrt sum prod lim sigmoid softmax softplus "
        "logit logsumexp sign sgn abs frac sigma lgamma"
    )
)
"""Runs of letters that look like a function and would be read as a product."""

OPERAND_COMMANDS = frozenset({"\\frac", "\\sqrt", "\\sum", "\\prod", "\\partial", "\\boxed"})

NOT_OPERANDS = frozenset(
    _commands(
        "in notin mid to searrow nearrow rangle ne approx equiv sim propto iff implies "
        "Rightarrow Leftrightarrow leftarrow ll gg simeq cong preceq succeq prec succ "
        "subset subseteq pm mp odot otimes oplus circ "
        "infty dots cup cap setminus div prime top star forall exists land lor neg"
    )
)
"""Commands that no operand starts with: an operand before them ends."""

OPENING: dict[str, str] = {"(": ")", "[": "]", "\\{": "\\}"}
"""Opening bracket -> closing bracket."""

UNREAD_RELATIONS = frozenset(
    _commands(
        "ne approx equiv sim propto iff implies Rightarrow Leftrightarrow to ll gg simeq cong "
        "preceq succeq prec succ in"
    )
)
"""Relations that are refused by name."""

DISPLAYS = frozenset(
    _words(
        "equation equation* align align* gather gather* multline multline* eqnarray eqnarray* "
        "displaymath math aligned gathered split"
    )
)
"""Environments that only lay out rows."""
