"""Where JAX comes from. It is an extra: without it, importing this module says how to get it."""

from __future__ import annotations

from contextlib import AbstractContextManager

from hedgerow.errors import RequestError

try:
    import jax
    import jax.numpy as jnp
except ImportError:
    raise RequestError(
        "accelerator: needs JAX, the extra hedgerow[jax]; run pip install 'jax>=0.10', or use solve_many without it"
    ) from None

__all__ = ["double_precision", "jax", "jnp", "platform"]


def double_precision() -> AbstractContextManager[None]:
    """A context in which JAX computes in 64 bits; its setting elsewhere stays what the user chose."""
    found: AbstractContextManager[None] = jax.enable_x64(True)
    return found


def platform() -> str:
    """``cpu``, ``gpu`` or ``tpu``: where JAX computes."""
    return str(jax.devices()[0].platform)
