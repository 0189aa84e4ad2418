"""Arithmetic in the thread that asks for it: a question is too little work to be shared out."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator


@functools.cache
def products_alone() -> None:
    """Have numpy multiply in the calling thread, in this process, from now on.

    The helping threads of its library spin for a while after each product, beside everything else that answering
    does: one question in twenty took 140 ms instead of 45.
    """
    import numpy as np  # noqa: F401 - what is limited has to be loaded
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


@contextlib.contextmanager
def torch_alone(alone: bool) -> Iterator[None]:
    """Have torch compute in this thread only, where `alone`; afterwards it is as before."""
    import torch

    before = torch.get_num_threads()
    if alone and before > 1:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        if torch.get_num_threads() != before:
            torch.set_num_threads(before)
