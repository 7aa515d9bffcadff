"""Thirty-eight true identities, each with a false twin: what a mistake in a derivation looks like."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """`left == true` holds, `left == false` does not, for the symbols as declared in `let`."""

    name: str
    left: str
    true: str
    false: str
    let: tuple[str, ...]


PAIRS = (
    Pair(
        "softplus reflection",
        "log(1 + exp(s))",
        "s + log(1 + exp(-s))",
        "s - log(1 + exp(-s))",
        ("s in real",),
    ),
    Pair(
        "sigmoid complement",
        "1 - 1/(1 + exp(-s))",
        "1/(1 + exp(s))",
        "1/(1 + exp(-s)) - 1",
        ("s in real",),
    ),
    Pair(
        "sigmoid tanh",
        "1/(1 + exp(-s))",
        "1/2 + tanh(s/2)/2",
        "1/2 + tanh(s)/2",
        ("s in real",),
    ),
    Pair(
        "logit(sigmoid)",
        "log(1/((1 + exp(-s))*(1 - 1/(1 + exp(-s)))))",
        "s",
        "-s",
        ("s in real",),
    ),
    Pair(
        "sigmoid(logit q)",
        "1/(1 + (1 - q)/q)",
        "q",
        "1 - q",
        ("q in (0, 1)",),
    ),
    Pair(
        "d softplus",
        "exp(s)/(1 + exp(s))",
        "1/(1 + exp(-s))",
        "(1 - 1/(1 + exp(-s)))/(1 + exp(-s))",
        ("s in real",),
    ),
    Pair(
        "log sigmoid",
        "log(1/(1 + exp(-s)))",
        "-log(1 + exp(-s))",
        "-log(1 + exp(s))",
        ("s in real",),
    ),
    Pair(
        "bce log split",
        "-log(q**y*(1 - q)**(1 - y))",
        "-(y*log(q) + (1 - y)*log(1 - q))",
        "(1 - y)*log(1 - q) - y*log(q)",
        (
            "q in (0, 1)",
            "y in (0, 1)",
        ),
    ),
    Pair(
        "bce = softplus - ys",
        "-(y*log(1/(1 + exp(-s))) + (1 - y)*log(1 - 1/(1 + exp(-s))))",
        "log(1 + exp(s)) - s*y",
        "s*y + log(1 + exp(s))",
        (
            "s in real",
            "y in (0, 1)",
        ),
    ),
    Pair(
        "bce grad q",
        "(1 - y)/(1 - q) - y/q",
        "(q - y)/(q*(1 - q))",
        "(y - q)/(q*(1 - q))",
        (
            "q in (0, 1)",
            "y in (0, 1)",
        ),
    ),
    Pair(
        "bce grad s",
        "(1 - y)*exp(-s)/((1 + exp(-s))**2*(1 - 1/(1 + exp(-s)))) - y*exp(-s)/(1 + exp(-s))",
        "1/(1 + exp(-s)) - y",
        "y - 1/(1 + exp(-s))",
        (
            "s in real",
            "y in (0, 1)",
        ),
    ),
    Pair(
        "bce hess s",
        "exp(-s)*(y - y*exp(-s)/(1 + exp(-s)) - (y - 1)*exp(-s)/((1 + exp(-s))**3*(1 - 1/(1 + exp(-s)))**2) + (y - 1)/((1 + exp(-s))*(1 - 1/(1 + exp(-s)))) - (2*y - 2)*exp(-s)/((1 + exp(-s))**2*(1 - 1/(1 + exp(-s)))))/(1 + exp(-s))",
        "(1 - 1/(1 + exp(-s)))/(1 + exp(-s))",
        "(1 + 1/(1 + exp(-s)))/(1 + exp(-s))",
        (
            "s in real",
            "y in (0, 1)",
        ),
    ),
    Pair(
        "stable bce",
        "max(s, 0) - s*y + log(1 + exp(-abs(s)))",
        "log(1 + exp(s)) - s*y",
        "log(1 + exp(s)) - s*(1 - y)",
        (
            "s in real",
            "y in (0, 1)",
        ),
    ),
    Pair(
        "log1p stable abs",
        "max(s, 0) + log(1 + exp(-abs(s)))",
        "log(1 + exp(s))",
        "log(1 + exp(abs(s)))",
        ("s in real",),
    ),
    Pair(
        "focal derivative q",
        "gamma*(1 - q)**gamma*log(q)/(1 - q) - (1 - q)**gamma/q",
        "gamma*(1 - q)**(gamma - 1)*log(q) - (1 - q)**gamma/q",
        "(1 - q)**gamma/q + gamma*(1 - q)**(gamma - 1)*log(q)",
        (
            "gamma in (0, 5)",
            "q in (0, 1)",
        ),
    ),
    Pair(
        "focal derivative s",
        "gamma*exp(-s)*(1 - 1/(1 + exp(-s)))**gamma*log(1/(1 + exp(-s)))/((1 + exp(-s))**2*(1 - 1/(1 + exp(-s)))) - exp(-s)*(1 - 1/(1 + exp(-s)))**gamma/(1 + exp(-s))",
        "(1 - 1/(1 + exp(-s)))**gamma*(1/(1 + exp(-s)) - 1 + gamma*log(1/(1 + exp(-s)))/(1 + exp(-s)))",
        "(1 - 1/(1 + exp(-s)))**gamma*(1/(1 + exp(-s)) - 2 + 1/(1 + exp(-s))**2 + gamma*log(1/(1 + exp(-s)))/(1 + exp(-s)))",
        (
            "gamma in (0, 5)",
            "s in real",
        ),
    ),
    Pair(
        "softmax grad K=3",
        "p2*exp(z1)/(exp(z1) + exp(z2) + exp(z3)) - p1*exp(-z1)*(exp(z1) + exp(z2) + exp(z3))*(exp(z1)/(exp(z1) + exp(z2) + exp(z3)) - exp(2*z1)/(exp(z1) + exp(z2) + exp(z3))**2) + (1 - p1 - p2)*exp(z1)/(exp(z1) + exp(z2) + exp(z3))",
        "exp(z1)/(exp(z1) + exp(z2) + exp(z3)) - p1",
        "exp(z1)/(exp(z1) + exp(z2) + exp(z3)) - p2",
        (
            "p1 in (1/10, 2/5)",
            "p2 in (1/10, 2/5)",
            "z1 in real",
            "z2 in real",
            "z3 in real",
        ),
    ),
    Pair(
        "softmax grad K=3 any mass",
        "p1*exp(z3)/(exp(z1) + exp(z2) + exp(z3)) + p2*exp(z3)/(exp(z1) + exp(z2) + exp(z3)) - p3*exp(-z3)*(exp(z1) + exp(z2) + exp(z3))*(exp(z3)/(exp(z1) + exp(z2) + exp(z3)) - exp(2*z3)/(exp(z1) + exp(z2) + exp(z3))**2)",
        "(p1 + p2 + p3)*exp(z3)/(exp(z1) + exp(z2) + exp(z3)) - p3",
        "exp(z3)/(exp(z1) + exp(z2) + exp(z3)) - p3",
        (
            "p1 in (1/10, 2/5)",
            "p2 in (1/10, 2/5)",
            "p3 in (1/10, 9/10)",
            "z1 in real",
            "z2 in real",
            "z3 in real",
        ),
    ),
    Pair(
        "softmax hess K=3",
        "exp(z2)*(p1*(1 - 2*exp(z1)/(exp(z1) + exp(z2) + exp(z3))) - p1*(1 - exp(z1)/(exp(z1) + exp(z2) + exp(z3))) - p2*exp(z1)/(exp(z1) + exp(z2) + exp(z3)) + (p1 + p2 - 1)*exp(z1)/(exp(z1) + exp(z2) + exp(z3)))/(exp(z1) + exp(z2) + exp(z3))",
        "-exp(z1)*exp(z2)/(exp(z1) + exp(z2) + exp(z3))**2",
        "exp(z1)*exp(z2)/(exp(z1) + exp(z2) + exp(z3))**2",
        (
            "p1 in (1/10, 2/5)",
            "p2 in (1/10, 2/5)",
            "z1 in real",
            "z2 in real",
            "z3 in real",
        ),
    ),
    Pair(
        "temperature grad",
        "-exp(-z1/T)*(exp(z1/T) + exp(z2/T) + exp(z3/T))*(exp(z1/T)/(T*(exp(z1/T) + exp(z2/T) + exp(z3/T))) - exp(2*z1/T)/(T*(exp(z1/T) + exp(z2/T) + exp(z3/T))**2))",
        "(exp(z1/T)/(exp(z1/T) + exp(z2/T) + exp(z3/T)) - 1)/T",
        "T*(exp(z1/T)/(exp(z1/T) + exp(z2/T) + exp(z3/T)) - 1)",
        (
            "T in (0, oo)",
            "z1 in real",
            "z2 in real",
            "z3 in real",
        ),
    ),
    Pair(
        "temperature dT",
        "-exp(-z1/T)*(exp(z1/T) + exp(z2/T) + exp(z3/T))*(exp(z1/T)*(z1*exp(z1/T)/T**2 + z2*exp(z2/T)/T**2 + z3*exp(z3/T)/T**2)/(exp(z1/T) + exp(z2/T) + exp(z3/T))**2 - z1*exp(z1/T)/(T**2*(exp(z1/T) + exp(z2/T) + exp(z3/T))))",
        "(z1 - z1*exp(z1/T)/(exp(z1/T) + exp(z2/T) + exp(z3/T)) - z2*exp(z2/T)/(exp(z1/T) + exp(z2/T) + exp(z3/T)) - z3*exp(z3/T)/(exp(z1/T) + exp(z2/T) + exp(z3/T)))/T**2",
        "(z1 + z1*exp(z1/T)/(exp(z1/T) + exp(z2/T) + exp(z3/T)) + z2*exp(z2/T)/(exp(z1/T) + exp(z2/T) + exp(z3/T)) + z3*exp(z3/T)/(exp(z1/T) + exp(z2/T) + exp(z3/T)))/T**2",
        (
            "T in (0, oo)",
            "z1 in real",
            "z2 in real",
            "z3 in real",
        ),
    ),
    Pair(
        "label smoothing",
        "-((epsilon/2 + y*(1 - epsilon))*log(q) + (1 - epsilon/2 - y*(1 - epsilon))*log(1 - q))",
        "(1 - epsilon)*(-y*log(q) - (1 - y)*log(1 - q)) - epsilon*(log(q) + log(1 - q))/2",
        "(1 - epsilon)*(-y*log(q) - (1 - y)*log(1 - q)) - epsilon*(log(q) + log(1 - q))",
        (
            "epsilon in (0, 1)",
            "q in (0, 1)",
            "y in (0, 1)",
        ),
    ),
    Pair(
        "tsallis as power",
        "alpha*q**alpha/(q*(alpha - 1)) - alpha*(1 - q)**alpha/((alpha - 1)*(1 - q))",
        "alpha*(q**(alpha - 1) - (1 - q)**(alpha - 1))/(alpha - 1)",
        "alpha*(q**(alpha - 1) - (1 - q)**(alpha - 1))",
        (
            "alpha in (2, 4)",
            "q in (0, 1)",
        ),
    ),
    Pair(
        "renyi derivative",
        "(alpha*q**alpha/q - alpha*(1 - q)**alpha/(1 - q))/((1 - alpha)*(q**alpha + (1 - q)**alpha))",
        "alpha*(q**(alpha - 1) - (1 - q)**(alpha - 1))/((1 - alpha)*(q**alpha + (1 - q)**alpha))",
        "alpha*(q**(alpha - 1) + (1 - q)**(alpha - 1))/((1 - alpha)*(q**alpha + (1 - q)**alpha))",
        (
            "alpha in (2, 4)",
            "q in (0, 1)",
        ),
    ),
    Pair(
        "beta-divergence grad",
        "(beta*q**beta*(beta - 1)/q - beta*q**(beta - 1)*p*(beta - 1)/q)/(beta*(beta - 1))",
        "q**(beta - 2)*(q - p)",
        "q**(beta - 1)*(q - p)",
        (
            "beta in (2, 4)",
            "p in (0, 1)",
            "q in (0, 1)",
        ),
    ),
    Pair(
        "log-cosh",
        "log(cosh(s))",
        "abs(s) - log(2) + log(1 + exp(-2*abs(s)))",
        "abs(s) - log(2) + log(1 + exp(-abs(s)))",
        ("s in real",),
    ),
    Pair(
        "log-cosh derivative",
        "sinh(s)/cosh(s)",
        "2/(1 + exp(-2*s)) - 1",
        "2/(1 + exp(-s)) - 1",
        ("s in real",),
    ),
    Pair(
        "log-cosh hessian",
        "1 - sinh(s)**2/cosh(s)**2",
        "4/((1 + exp(2*s))*(1 + exp(-2*s)))",
        "4/((1 + exp(s))*(1 + exp(-s)))",
        ("s in real",),
    ),
    Pair(
        "tanh addition",
        "tanh(s + t)",
        "(tanh(s) + tanh(t))/(1 + tanh(s)*tanh(t))",
        "(tanh(s) + tanh(t))/(1 - tanh(s)*tanh(t))",
        (
            "s in real",
            "t in real",
        ),
    ),
    Pair(
        "kl bernoulli",
        "y*log(y/q) + (1 - y)*log((1 - y)/(1 - q))",
        "y*log(y) - y*log(q) - (1 - y)*log(1 - q) + (1 - y)*log(1 - y)",
        "(1 - y)*log(1 - y) - y*log(q) - y*log(y) - (1 - y)*log(1 - q)",
        (
            "q in (0, 1)",
            "y in (0, 1)",
        ),
    ),
    Pair(
        "atanh logit",
        "log(2*q/(2 - 2*q))/2",
        "log(q/(1 - q))/2",
        "log(q/(1 - q))",
        ("q in (0, 1)",),
    ),
    Pair(
        "sqrt hellinger",
        "(sqrt(q) - sqrt(p))**2",
        "p - 2*sqrt(p)*sqrt(q) + q",
        "p - sqrt(p)*sqrt(q) + q",
        (
            "p in (0, 1)",
            "q in (0, 1)",
        ),
    ),
    Pair(
        "entropy of sigmoid",
        "-(log(1/(1 + exp(s)))/(1 + exp(s)) + log(1/(1 + exp(-s)))/(1 + exp(-s)))",
        "log(1 + exp(s)) - s/(1 + exp(-s))",
        "log(1 + exp(s)) - s/(1 + exp(s))",
        ("s in real",),
    ),
    Pair(
        "jeffreys sigmoid",
        "(s - t)*(1/(1 + exp(-s)) - 1/(1 + exp(-t)))",
        "log((1 + exp(t))/(1 + exp(s)))/(1 + exp(s)) + log((1 + exp(s))/(1 + exp(t)))/(1 + exp(t)) + log((1 + exp(-t))/(1 + exp(-s)))/(1 + exp(-s)) + log((1 + exp(-s))/(1 + exp(-t)))/(1 + exp(-t))",
        "log((1 + exp(t))/(1 + exp(s)))/(1 + exp(s)) + log((1 + exp(-t))/(1 + exp(-s)))/(1 + exp(-s))",
        (
            "s in real",
            "t in real",
        ),
    ),
    Pair(
        "gce limit form",
        "(1 - q**gamma)/gamma",
        "(1 - exp(gamma*log(q)))/gamma",
        "(1 - exp(-gamma*log(q)))/gamma",
        (
            "gamma in (0, 5)",
            "q in (0, 1)",
        ),
    ),
    Pair(
        "poly-log lse 2",
        "log(exp(s) + exp(t))",
        "max(s, t) + log(1 + exp(-abs(s - t)))",
        "max(s, t) + log(1 + exp(abs(s - t)))",
        (
            "s in real",
            "t in real",
        ),
    ),
    Pair(
        "near miss 1e-12",
        "log(1 + exp(s)) - s*y",
        "-(y*log(1/(1 + exp(-s))) + (1 - y)*log(1 - 1/(1 + exp(-s))))",
        "s/1000000000000 - y*log(1/(1 + exp(-s))) - (1 - y)*log(1 - 1/(1 + exp(-s)))",
        (
            "s in real",
            "y in (0, 1)",
        ),
    ),
    Pair(
        "near miss e^-40",
        "1/(1 + exp(-s))",
        "exp(s)/(1 + exp(s))",
        "exp(-40)*s**2 + exp(s)/(1 + exp(s))",
        ("s in real",),
    ),
)
