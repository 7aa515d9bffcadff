"""Inequalities `term >= 0` and `term > 0`, each by a certificate of identities and signs.

In this order: of a term without symbols, a ball that holds its value; the sign of the normal form;
`e^term >= 1`; the derivative's sign around a point (the touch rule); and for sums over a symbolic
index, the same for each summand after multiples of `sum_k p_k - 1 = 0` have been added.
"""

from cesym.prover.inequalities.search import prove_sign

__all__ = ["prove_sign"]
