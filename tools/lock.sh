#!/bin/sh
# Rewrites both lock files. Nothing newer than NumPy 2.4 has been tested; no registry address is ever written.
set -eu
cd "$(dirname "$0")/.."

lock() { # lock FILE [more uv options]
  file=$1
  shift
  printf 'numpy<2.5\nscipy<1.18\n' |
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
      --no-emit-index-url --no-annotate --constraint - --output-file "$file" pyproject.toml "$@"
}

lock requirements.lock --group build
lock requirements-dev.lock --group dev
