#!/bin/sh
# Rewrites both lock files. Nothing newer than NumPy 2.4 has been tested; no registry address is ever written.
# Versions already locked are kept where they still fit; `sh tools/lock.sh --upgrade` takes the newest.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed '/^managed = false/d' pyproject.toml >"$work/pyproject.toml" # uv reads the groups of managed projects only

lock() { # lock FILE GROUP [more uv options]
  file=$1
  group=$2
  shift 2
  printf 'numpy<2.5\nscipy<1.18\n' |
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
      --no-emit-index-url --no-emit-find-links --no-annotate --constraint - \
      --output-file "$file" --group "$work/pyproject.toml:$group" "$work/pyproject.toml" "$@"
}

lock requirements.lock build "$@"
lock requirements-dev.lock dev "$@"
