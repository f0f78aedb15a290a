"""The same model on JAX: batches on a graphics card, and gradients. Needs ``pip install 'hedgerow[jax]'``."""
