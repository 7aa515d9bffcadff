"""Loops in C around the body of a kernel: vectors of AVX-512, plain loops, threads and sums."""

from __future__ import annotations

from cesym.codegen.c.programs import Kernel, Type
from cesym.codegen.c.support import FUSED, VECTOR

AHEAD = 2048
"""How many bytes ahead inputs are fetched: without it, storing past the cache is slow."""


def vector_loop(kernel: Kernel, form: Type) -> str:
    """The loop of eight doubles or sixteen floats at a time, storing past the cache or not."""
    width = 8 if form.name == "f64" else 16
    at = _Pieces(kernel, form, width)
    return f"""\
{at.mends()}{at.step()}
{at.part()}
CESYM_VECTOR static void v_{kernel.name}_{form.name}({at.parameters}, int past)
{{
    size_t i = 0;
    if (past) {{
        i = (-(uintptr_t){kernel.outputs[0]} & 63) / sizeof({form.real});
        i = i < n ? i : n;
        v_{kernel.name}_{form.name}_part(i, {at.names});
        for (; i + {width} <= n; i += {width}) {{
{at.fetches()}
{at.declared()}
            v_{kernel.name}_{form.name}_step({at.loaded()}, {at.taken()}, {at.all_lanes});
{at.stored("stream")}
        }}
        _mm_sfence();
    }}
    for (; i + {width} <= n; i += {width}) {{
{at.declared()}
        v_{kernel.name}_{form.name}_step({at.loaded()}, {at.taken()}, {at.all_lanes});
{at.stored("storeu")}
    }}
    v_{kernel.name}_{form.name}_part(n - i, {at.shifted()});
}}"""


class _Pieces:
    """The texts of which a vector loop is made."""

    def __init__(self, kernel: Kernel, form: Type, width: int) -> None:
        self.kernel, self.form, self.width = kernel, form, width
        self.suffix = "pd" if form.name == "f64" else "ps"
        self.all_lanes = "0xff" if width == 8 else "0xffff"
        self.vector = "__m512d" if width == 8 else "__m512"
        self.mask = f"__mmask{width}"
        self.parameters = parameters(kernel, form)
        self.names = ", ".join((*kernel.inputs, *kernel.outputs))

    def shifted(self) -> str:
        return ", ".join(f"{name} + i" for name in (*self.kernel.inputs, *self.kernel.outputs))

    def fetches(self) -> str:
        return "\n".join(
            f"            _mm_prefetch((const char *)({name} + i) + {AHEAD}, _MM_HINT_T0);"
            for name in self.kernel.inputs
        )

    def declared(self) -> str:
        return f"        {self.vector} {', '.join(f'{o}_at' for o in self.kernel.outputs)};"

    def loaded(self) -> str:
        return ", ".join(f"_mm512_loadu_{self.suffix}({name} + i)" for name in self.kernel.inputs)

    def taken(self) -> str:
        return ", ".join(f"&{name}_at" for name in self.kernel.outputs)

    def stored(self, how: str) -> str:
        return "\n".join(
            f"        _mm512_{how}_{self.suffix}({name} + i, {name}_at);"
            for name in self.kernel.outputs
        )

    def step(self) -> str:
        """Sixteen floats are two vectors of doubles where the arithmetic is in double."""
        kernel, form = self.kernel, self.form
        body = f"v{form.computed_in}_at_{kernel.name}"
        head = (
            f"CESYM_VECTOR_INLINE void v_{kernel.name}_{form.name}_step("
            + ", ".join(f"{self.vector} {name}" for name in kernel.inputs)
            + ", "
            + ", ".join(f"{self.vector} *{name}" for name in kernel.outputs)
            + f", {self.mask} live)\n{{\n"
        )
        if self.width == 8 or form.computed_in == "s":
            call = f"{body}({self.names})"
            mended = self.mended("live & bad")
            used = (
                f"    {self.mask} bad = {call};\n{mended}"
                if mended
                else f"    {call};\n    (void)live;\n"
            )
            return head + used + "}\n"
        lines = []
        for half in (0, 1):
            for name in kernel.inputs:
                taken = f"_mm512_extractf32x8_ps({name}, {half})"
                lines.append(f"    __m512d {name}_{half} = _mm512_cvtps_pd({taken});")
            lines.append(f"    __m512d {', '.join(f'{o}_{half}' for o in kernel.outputs)};")
            taken = ", ".join(f"&{o}_{half}" for o in kernel.outputs)
            call = f"{body}_f32({', '.join(f'{n}_{half}' for n in kernel.inputs)}, {taken});"
            lines.append(f"    __mmask16 bad_{half} = {call}" if self.fragile else f"    {call}")
        for name in kernel.outputs:
            low = f"_mm512_castps256_ps512(_mm512_cvtpd_ps({name}_0))"
            high = f"_mm512_cvtpd_ps({name}_1)"
            lines.append(f"    *{name} = _mm512_insertf32x8({low}, {high}, 1);")
        if self.fragile:
            lines.append("    __mmask16 bad = (__mmask16)(bad_0 | bad_1 << 8);")
            lines.append(self.mended("live & bad").rstrip("\n"))
        else:
            lines.append("    (void)live;")
        return head + "\n".join(lines) + "\n}\n"

    @property
    def fragile(self) -> tuple[str, ...]:
        return self.kernel.fragile(self.form)

    def mended(self, lanes: str) -> str:
        if not self.fragile:
            return ""
        inputs = ", ".join(self.kernel.inputs)
        calls = "\n".join(
            f"        *{name} = {self.mender(name)}(*{name}, {lanes}, {inputs});"
            for name in self.fragile
        )
        return f"    if (CESYM_RARE({lanes})) {{\n{calls}\n    }}\n"

    def mender(self, name: str) -> str:
        return f"v_{self.kernel.name}_{name}_{self.form.name}_mend"

    def mends(self) -> str:
        """Functions that compute some numbers of a vector again, exactly."""
        return "".join(map(self.mend, self.fragile))

    def mend(self, name: str) -> str:
        kernel, form, w = self.kernel, self.form, self.width
        inputs = ", ".join(f"{self.vector} {n}" for n in kernel.inputs)
        arrays = ", ".join([f"out[{w}]", *(f"{n}_[{w}]" for n in kernel.inputs)])
        stores = "\n".join(f"    _mm512_storeu_{self.suffix}({n}_, {n});" for n in kernel.inputs)
        exact = ", ".join(f"{n}_[j]" for n in kernel.inputs)
        return f"""\
CESYM_VECTOR static CESYM_NOINLINE {self.vector} {self.mender(name)}(
    {self.vector} found, {self.mask} bad, {inputs})
{{
    {form.real} {arrays};
    _mm512_storeu_{self.suffix}(out, found);
{stores}
    for (int j = 0; j < {w}; j++)
        if (bad >> j & 1)
            out[j] = ({form.real})exact_{name}({exact}, out[j]);
    return _mm512_loadu_{self.suffix}(out);
}}

"""

    def part(self) -> str:
        """Fewer numbers than a vector holds: up to an aligned address, and at the end."""
        kernel, form = self.kernel, self.form
        loads = ", ".join(f"_mm512_maskz_loadu_{self.suffix}(live, {n})" for n in kernel.inputs)
        stores = "\n".join(
            f"    _mm512_mask_storeu_{self.suffix}({n}, live, {n}_at);" for n in kernel.outputs
        )
        return f"""\
CESYM_VECTOR static void v_{kernel.name}_{form.name}_part({self.parameters})
{{
    {self.mask} live = ({self.mask})((1u << n) - 1);
    {self.vector} {", ".join(f"{o}_at" for o in kernel.outputs)};
    v_{kernel.name}_{form.name}_step({loads}, {self.taken()}, live);
{stores}
}}
"""


def scalar_loop(kernel: Kernel, form: Type, how: str) -> str:
    """A loop of one number at a time, which compilers make one of vectors."""
    direct = form.real == ("double" if form.computed_in == "d" else "float")
    tag = "" if direct else "_f32"
    computed = "double" if form.computed_in == "d" else "float"
    body = f"{how}{form.computed_in}_at_{kernel.name}{tag}"
    inputs = ", ".join(f"{n}[i + j]" for n in kernel.inputs)
    fragile = kernel.fragile(form)
    if direct:
        call = f"{body}({inputs}, {', '.join(f'&{n}[i + j]' for n in kernel.outputs)})"
        rows = [f"            {'bad |= ' if fragile else ''}{call};"]
    else:
        declared = ", ".join(f"{n}_at" for n in kernel.outputs)
        call = f"{body}({inputs}, {', '.join(f'&{n}_at' for n in kernel.outputs)})"
        rows = [
            f"            double {declared};",
            f"            {'bad |= ' if fragile else ''}{call};",
        ]
        rows += [f"            {n}[i + j] = (float){n}_at;" for n in kernel.outputs]
    again = ""
    if fragile:
        declared = ", ".join(f"{n}_at" for n in kernel.outputs)
        takes = ", ".join(f"&{n}_at" for n in kernel.outputs)
        repairs = "\n".join(
            f"                {n}[i + j] = ({form.real})exact_{n}({inputs}, {n}[i + j]);"
            for n in fragile
        )
        again = f"""
        for (size_t j = 0; bad && j < m; j++) {{
            {computed} {declared};
            if ({body}({inputs}, {takes})) {{
{repairs}
            }}
        }}"""
    target = "CESYM_FUSED " if how == FUSED else ""
    flag = "        int bad = 0;\n" if fragile else ""
    joined = "\n".join(rows)
    return f"""\
{target}static void {how}_{kernel.name}_{form.name}({parameters(kernel, form)})
{{
    for (size_t i = 0; i < n; i += 256) {{
        size_t m = n - i < 256 ? n - i : 256;
{flag}        for (size_t j = 0; j < m; j++) {{
{joined}
        }}{again}
    }}
}}"""


def parameters(kernel: Kernel, form: Type) -> str:
    """How many numbers, where they are, and where the results go."""
    inputs = [f"const {form.real} *CESYM_ALONE {name}" for name in kernel.inputs]
    outputs = [f"{form.real} *CESYM_ALONE {name}" for name in kernel.outputs]
    return ", ".join(["size_t n", *inputs, *outputs])


def chosen(kernel: Kernel, form: Type) -> str:
    """The function that chooses the loop."""
    listed = ", ".join((*kernel.inputs, *kernel.outputs))
    return f"""\
static void run_{kernel.name}_{form.name}({parameters(kernel, form)}, int past)
{{
#ifdef CESYM_X86
    int level = cesym_level();
    if (level == 2) {{
        {VECTOR}_{kernel.name}_{form.name}(n, {listed}, past);
        return;
    }}
    if (level == 1) {{
        {FUSED}_{kernel.name}_{form.name}(n, {listed});
        return;
    }}
#endif
    (void)past;
    CESYM_PORTABLE_NAME({kernel.name}_{form.name})(n, {listed});
}}"""


def public(kernel: Kernel, form: Type) -> str:
    """The function that callers see: it divides the work among threads."""
    names = (*kernel.inputs, *kernel.outputs)
    shifted = ", ".join(f"{name} + i" for name in names)
    aligned = " && ".join(
        [
            f"((uintptr_t){a} & 63) == ((uintptr_t){b} & 63)"
            for a, b in zip(kernel.outputs, kernel.outputs[1:], strict=False)
        ]
        or ["1"]
    )
    size = f"n * {len(kernel.outputs)} * sizeof({form.real})"
    return f"""\
{chosen(kernel, form)}

{declaration(kernel, form)}
{{
    int past = {size} >= CESYM_LARGE && {aligned};
    int parts = threads > 1 && n >= CESYM_MANY ? threads : 1;
#ifdef _OPENMP
#pragma omp parallel for num_threads(parts) schedule(static, 1) if (parts > 1)
#endif
    for (int part = 0; part < parts; part++) {{
        size_t i = cesym_cut(n, part, parts), end = cesym_cut(n, part + 1, parts);
        run_{kernel.name}_{form.name}(end - i, {shifted}, past);
    }}
}}"""


def declaration(kernel: Kernel, form: Type) -> str:
    """The first line of the function that callers see."""
    inputs = [f"const {form.real} *{name}" for name in kernel.inputs]
    outputs = [f"{form.real} *{name}" for name in kernel.outputs]
    listed = ", ".join(["size_t n", *inputs, *outputs, "int threads"])
    return f"void {kernel.public}_{form.name}({listed})"
