"""Has NumPy suit this program and the processor, which it has to be told before it is loaded.

NumPy sorts by AVX-512 where it can. AMD's Zen 4 can, but its compressing store, which that sort is
built on, takes longer than all else: sorting by AVX2 takes a fifth to a third of the time there,
which outweighs that logarithms take longer (measured; x86-simd-sort issue 6, OpenJDK change
8317976). Zen 5 and Intel's processors are fast at it.

The threads of its linear algebra wait for work by spinning. There is next to none, and they would
take the time of this program's own threads and workers.
"""

from __future__ import annotations

import os
from contextlib import suppress

DISABLED, ENABLED = "NPY_DISABLE_CPU_FEATURES", "NPY_ENABLE_CPU_FEATURES"
THREADS = "OPENBLAS_NUM_THREADS"
# As NumPy names them from 2.4 on.
AVX_512 = "X86_V4 AVX512_ICL AVX512_SPR"
# Enough for all that is said of the first processor.
READ = 4096


def prepare_numpy() -> None:
    """For this process and those started by it; what the user decided is left."""
    os.environ.setdefault(THREADS, "1")
    if DISABLED in os.environ or ENABLED in os.environ:
        return
    with suppress(OSError), open("/proc/cpuinfo", "rb") as file:  # noqa: PTH123 - loads nothing
        if is_zen_4(file.read(READ).decode("ascii", "replace")):
            os.environ[DISABLED] = AVX_512


def is_zen_4(said: str) -> bool:
    """said: what Linux says of a processor. Zen 3 is of the same family, without AVX-512."""
    pairs = [line.partition(":")[::2] for line in said.splitlines()]
    facts = {name.strip(): value.split() for name, value in reversed(pairs)}
    amd = facts.get("vendor_id") == ["AuthenticAMD"] and facts.get("cpu family") == ["25"]
    return amd and "avx512f" in facts.get("flags", ())
