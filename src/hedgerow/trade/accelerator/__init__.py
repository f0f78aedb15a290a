"""The same model on JAX: batches on a graphics card, and gradients. Needs JAX, the extra ``hedgerow[jax]``."""
