"""The limits a sandboxed process puts on itself, for good, before it looks at the first byte of a photo.

It sets them itself and not its parent between fork and exec: the parent has threads. What watches from outside, the
wall clock, is ``sandbox``'s.
"""

import os
import resource

MEMORY = 512 * 1024 * 1024
"""Bytes of addresses. Measured peaks: 143 MB for a JPEG of 12 megapixels, 187 MB for a HEIC. Of 40 megapixels, a JPEG
takes 132 to 494 MB (progressive, in CMYK, with areas), a PNG up to 431, an AVIF 384 to 445, a HEIC 386. What does not
fit, and is refused: a WebP of more than some 30 megapixels (its decoder holds three copies; 25 with transparency), an
AVIF with transparency of more than some 35.
"""
CPU_SECONDS = 20
FILES = 24
"""Open at once: three standard ones, the photo, the file being written, and what an import needs."""
FILE_BYTES = 32 * 1024 * 1024
NICENESS = 5


def confine(cpu_seconds: int = CPU_SECONDS) -> None:
    """Hard limits: they can be lowered from now on, never raised. After the seconds, the kernel ends the process."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    # At the softer of two it ends by SIGXCPU, which says why; at one alone by SIGKILL, which does not.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    os.nice(NICENESS)
