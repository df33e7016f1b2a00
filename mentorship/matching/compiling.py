"""Kernels, plain or compiled: numba where the extra `scale` is installed, never at import."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any


def can_compile() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


@cache
def compiled_twin(module: ModuleType) -> Any:
    """The kernels of a module compiled by numba, under the same names.

    Each function of ``module.KERNELS`` is copied with the compiled earlier ones in place of the plain ones
    it calls; the module itself stays plain. The machine code is kept on disk beside the module.

    Raises
    ------
    ImportError
        If numba is not installed.
    """
    import numba

    names = dict(vars(module))
    for function in module.KERNELS:
        copy = FunctionType(function.__code__, names, function.__name__, function.__defaults__)
        copy.__module__ = module.__name__
        names[function.__name__] = numba.njit(cache=True, nogil=True)(copy)
    return SimpleNamespace(**{function.__name__: names[function.__name__] for function in module.KERNELS})
