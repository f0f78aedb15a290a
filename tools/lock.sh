#!/bin/sh
# Rewrites both lock files. Nothing newer than NumPy 2.4 and JAX 0.10 has been tested; no registry address is ever written.
# Versions already locked are kept where they still fit; `sh tools/lock.sh --upgrade` takes the newest.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed '/^managed = false/d' pyproject.toml >"$work/pyproject.toml" # uv reads the groups of managed projects only

tested='jax<0.11
numpy<2.5
scipy<1.18'

lock() { # lock FILE GROUP CONSTRAINTS [more uv options]
  file=$1
  group=$2
  printf '%s\n' "$3" >"$work/constraints"
  shift 3
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
    --no-emit-index-url --no-emit-find-links --no-annotate --constraint "$work/constraints" \
    --output-file "$file" --group "$work/pyproject.toml:$group" "$work/pyproject.toml" "$@"
}

lock requirements-dev.lock dev "$tested" "$@"
lock requirements.lock build "$(grep '^[a-z].*==' requirements-dev.lock | sed 's/ *\\$//')" "$@" # the same versions
