"""Every float32 logit through exported C: how many results are not the nearest, and how far off.

What is compared with is the float64 of the same file for the same label and logit: it is off by
less than an ulp of float64, 2^-29 ulp of float32, and itself held against Arb by `accuracy.py`. So
an error is known to 2^-29 ulp of float32. A result counts as not the nearest if it is not the
float64 rounded.
"""

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FUNCTIONS = ("loss", "gradient", "hessian")

MAIN = r"""
#include <stdio.h>
#include <stdlib.h>

enum { BLOCK = 4096, ALL = 1 << 20, LISTED = 100 };

static float listed[LISTED];

static inline double ulp(double x)
{
    int64_t exponent = cesym_bits(x) & 0x7ff0000000000000;
    return fabs(x) < 0x1p-126 ? 0x1p-149 : cesym_double(exponent - ((int64_t)23 << 52));
}

int main(int argc, char **argv)
{
    float label = argc > 1 ? strtof(argv[1], NULL) : 0;
    int threads = argc > 2 ? atoi(argv[2]) : 1, blocks = argc > 3 ? atoi(argv[3]) : ALL;
    for (int which = 0; which < 3; which++) {
        double largest = 0, worst = 0;
        long long count = 0, missed = 0;
        int entries = 0;
#pragma omp parallel num_threads(threads)
        {
            static _Thread_local float y[BLOCK], s[BLOCK], r[BLOCK];
            static _Thread_local double yd[BLOCK], sd[BLOCK], rd[BLOCK];
            double most = 0, at = 0;
            long long seen = 0, off = 0;
#pragma omp for schedule(dynamic, 64)
            for (int b = 0; b < blocks; b++) {
                for (int i = 0; i < BLOCK; i++) {
                    uint32_t u = (uint32_t)b * (uint32_t)(ALL / blocks) * BLOCK + (uint32_t)i;
                    memcpy(&s[i], &u, 4);
                    s[i] = s[i] - s[i] == 0 ? s[i] : 0.0f;
                    y[i] = label, yd[i] = label, sd[i] = s[i];
                }
                if (which == 0) {
                    PAGE_loss_f32(BLOCK, y, s, r, 1);
                    PAGE_loss_f64(BLOCK, yd, sd, rd, 1);
                } else if (which == 1) {
                    PAGE_gradient_f32(BLOCK, y, s, r, 1);
                    PAGE_gradient_f64(BLOCK, yd, sd, rd, 1);
                } else {
                    PAGE_hessian_f32(BLOCK, y, s, r, 1);
                    PAGE_hessian_f64(BLOCK, yd, sd, rd, 1);
                }
                for (int i = 0; i < BLOCK; i++) {
                    double e = fabs(r[i] - rd[i]) / ulp(rd[i]);
                    if (!(r[i] == (float)rd[i])) {
                        off++;
#pragma omp critical(listing)
                        if (entries < LISTED)
                            listed[entries++] = s[i];
                    }
                    if (!(e <= most))
                        most = e, at = s[i];
                }
                seen += BLOCK;
            }
#pragma omp critical
            {
                count += seen, missed += off;
                if (!(most <= largest))
                    largest = most, worst = at;
            }
        }
        printf("{\"function\": %d, \"count\": %lld, \"missed\": %lld, \"largest\": %.9g, "
               "\"worst\": %.9g, \"listed\": [", which, count, missed, largest, worst);
        for (int i = 0; i < entries; i++)
            printf("%s%.9g", i ? ", " : "", listed[i]);
        printf("]}\n");
        fflush(stdout);
    }
    return 0;
}
"""


@dataclass(frozen=True, slots=True)
class Found:
    """All patterns of one function: how many are not the nearest, the largest error in ulp.

    `listed` are the logits whose results are not the nearest, at most 100 of them.
    """

    function: str
    label: float
    count: int
    missed: int
    largest: float
    worst: float
    listed: tuple[float, ...]
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.function}, float32, y = {self.label:g}: {self.count} logits,"
            f" {self.missed} not the nearest float32, at most {self.largest:.7f} ulp,"
            f" s = {self.worst!r}"
        )


def exhaustive(
    name: str, labels: Sequence[float], setting: str, jobs: int, blocks: int = 1 << 20
) -> Iterator[Found]:
    """Compile what is exported, with a main function, and run it for every label.

    Of the 2^20 blocks of 4096 neighbours, `blocks` are looked at, a power of 2.
    """
    from cesym.codegen.c import SETTINGS, kernels, module
    from cesym.codegen.c.compiling import FLAGS, THREADS, find_compiler
    from cesym.codegen.functions import functions_of
    from cesym.derivation import derive

    functions = functions_of(derive(name))
    prefix = kernels(functions)[0].prefix
    text = module(functions, None, setting) + MAIN.replace("PAGE", prefix)
    assert setting in SETTINGS
    with tempfile.TemporaryDirectory() as folder:
        source, program = Path(folder, "all.c"), Path(folder, "all")
        source.write_text(text, encoding="utf-8")
        flags = [flag for flag in FLAGS if flag not in ("-shared", "-fPIC", "-std=c99")]
        command = [find_compiler(), "-std=c11", *flags, THREADS, str(source), "-o", str(program)]
        subprocess.run([*command, "-lm"], check=True)
        for label in labels:
            start = time.perf_counter()
            run = [str(program), repr(label), str(jobs), str(blocks)]
            with subprocess.Popen(run, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                for line in process.stdout:
                    row = json.loads(line)
                    row["function"] = FUNCTIONS[row["function"]]
                    row["listed"] = tuple(sorted(row["listed"]))
                    yield Found(label=label, seconds=time.perf_counter() - start, **row)
