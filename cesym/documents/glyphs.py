r"""How the tokens of LaTeX are drawn in Unicode: tables only.

What stands in no table is a letter or a number and is drawn as it is.
"""

from __future__ import annotations

from cesym.reader.latex.tables import EXTREMA, GREEK, LOG_LIKE, UNICODE


def _pairs(text: str) -> dict[str, str]:
    """Words in turn: a token, and how it is drawn."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


OPERATORS = _pairs(
    r"""
    + +  - −  * ·  \times ×  / /  \pm ±  \mp ∓  \odot ⊙  \otimes ⊗  \oplus ⊕  \cup ∪  \cap ∩
    \circ ∘  \setminus ∖
    """
)
RELATIONS = _pairs(
    r"""
    = =  < <  > >  := ≔  \le ≤  \ge ≥  \ne ≠  \in ∈  \notin ∉  \approx ≈  \equiv ≡  \sim ∼
    \propto ∝  \to →  \mapsto ↦  \iff ⟺  \implies ⟹  \Rightarrow ⇒  \Leftrightarrow ⇔  \mid |  \| ‖
    \succeq ⪰  \preceq ⪯  \succ ≻  \prec ≺  \ll ≪  \gg ≫  \subset ⊂  \subseteq ⊆
    """
)
LARGE = _pairs(r"\sum ∑  \prod ∏  \int ∫")
PREFIXES = _pairs(r"\partial ∂  \nabla ∇  \forall ∀  \exists ∃  \neg ¬")
SIGNS = _pairs(
    r"""
    \infty ∞  \dots …  \top ᵀ  \ell ℓ  ' ′  \prime ′  \star ⋆  \emptyset ∅  ? ?  ! !
    \% %  \$ $  \& &  \# #  \_ _
    """
)
COMMAS = _pairs(", ,  ; ;  : :")
OPENING = _pairs(r"( (  [ [  \{ {")
CLOSING = _pairs(r") )  ] ]  \} }")

FUNCTIONS = {command: command[1:] for command in (*LOG_LIKE, *EXTREMA)}
FUNCTIONS |= _pairs(r"\lim lim  \sup sup  \inf inf  \arg arg  \det det  \sin sin  \cos cos")

GREEK_LETTERS = {command: letter for letter, command in UNICODE.items() if command in GREEK}
GREEK_LETTERS |= _pairs(
    r"\epsilon ϵ  \phi ϕ  \varphi φ  \vartheta ϑ  \varrho ϱ  \varpi ϖ  \varsigma ς  \Pi Π  \Sigma Σ"
)
GREEK_LETTERS |= _pairs(r"\Upsilon Υ")

COMBINING = {
    "hat": "\u0302",
    "tilde": "\u0303",
    "bar": "\u0304",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "ring": "\u030a",
}
"""Accent -> the character that puts it over the one before."""

DOUBLE_STRUCK = _pairs("C ℂ  H ℍ  N ℕ  P ℙ  Q ℚ  R ℝ  Z ℤ  E 𝔼  1 𝟙")
BRACKETS = _pairs(
    r"\{ {  \} }  \langle ⟨  \rangle ⟩  \lfloor ⌊  \rfloor ⌋  \lceil ⌈  \rceil ⌉  \| ‖"
)
SIMPLE_FRACTIONS = _pairs("1/2 ½  1/3 ⅓  2/3 ⅔  1/4 ¼  3/4 ¾  1/8 ⅛")

ABOVE = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθ′ᵀ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿ′ᵀ",
        strict=True,
    )
)
"""Character -> the same, small and raised."""

BELOW = dict(
    zip(
        "0123456789+−=()aehijklmnoprstuvxβγρχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵪ",
        strict=True,
    )
)
"""Character -> the same, small and lowered."""
