#!/bin/sh
# Makes .venv with the pinned packages and Hedgerow itself.
#
#   sh setup.sh          what `hedgerow` needs to run     (requirements.lock)
#   sh setup.sh --dev    that and what the tests need     (requirements-dev.lock)
#
# A second call does nothing until the lock file or the project's metadata change; an interrupted one starts afresh.
set -eu
cd "$(dirname "$0")"
stamp=.venv/hedgerow-setup # written last: one line that says what the environment holds

fail() { # fail MESSAGE...
  printf 'setup.sh: %s\n' "$*" >&2
  exit 1
}

lock_of() { # lock_of MODE
  case $1 in
    dev) echo requirements-dev.lock ;;
    *) echo requirements.lock ;;
  esac
}

fingerprint() { # fingerprint MODE
  project=$(awk '/^\[/ {f = /^\[project/} f' pyproject.toml) # name, version, dependencies, commands
  printf '%s %s\n' "$1" "$(echo "$project" | cat - "$(lock_of "$1")" | cksum)"
}

usable() { # is there an environment that was finished once and still works in this place?
  [ -f "$stamp" ] && .venv/bin/python -c 'import hedgerow, pip' 2>/dev/null
}

find_python() {
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  fail "no Python 3.11 or later found. Install one (Debian: apt-get install python3 python3-venv) and try again."
}

make_environment() {
  python=$(find_python)
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "$python has no venv module. Install it (Debian: apt-get install python3-venv) and try again."
  echo "Making .venv with $("$python" --version)"
  "$python" -m venv --clear .venv
}

pip_install() {
  .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input "$@" ||
    fail "pip did not finish; its message stands above. Check the network and run the same command again."
}

install() { # install LOCK: one dot every three seconds shows that it is alive
  printf 'Installing %s packages from %s ' "$(grep -c '^[a-z].*==' "$1")" "$1"
  while kill -0 $$ && sleep 3 >/dev/null; do printf .; done 2>/dev/null &
  dots=$!
  trap 'kill "$dots" 2>/dev/null || :' EXIT
  trap 'exit 130' INT TERM
  pip_install --require-hashes --requirement "$1"
  pip_install --no-deps --no-build-isolation --editable .
  kill "$dots" 2>/dev/null || :
  echo ' done'
}

case "$#:${1-}" in
  0:) mode=run ;;
  1:--dev) mode=dev ;;
  *) fail "unknown arguments: $*. Say 'sh setup.sh' or 'sh setup.sh --dev'." ;;
esac

fits() { # does the stamp say that the environment holds what is asked for? That of the tests holds everything.
  [ "$(cat "$stamp")" = "$(fingerprint "$mode")" ] || [ "$(cat "$stamp")" = "$(fingerprint dev)" ]
}

if usable && fits; then
  exit 0
fi
[ ! -L .venv ] || fail ".venv is a link to an environment that is out of date. Run the same command where it was made."
usable || make_environment
rm -f "$stamp"
install "$(lock_of "$mode")"
fingerprint "$mode" >"$stamp"
