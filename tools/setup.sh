#!/usr/bin/env bash
# Makes .venv from requirements.lock; called by `make setup`, quiet when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Holdfire needs Python 3.11 or newer as 'python3' (or set PYTHON=/path/to/python)." >&2
  exit 1
fi

# Debian splits ensurepip off into python3-venv.
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "python3-venv is missing: installing it with apt-get."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
  else
    echo "This Python cannot make virtual environments. Install them first: sudo apt-get install python3-venv" >&2
    exit 1
  fi
fi

if ! .venv/bin/python -c 'import sys' 2>/dev/null; then
  echo "Making .venv"
  rm -rf .venv
  "$python" -m venv .venv
fi
if [ "$(.venv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$UV_VERSION" ]; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
fi

echo "Installing the locked packages"
export VIRTUAL_ENV="$PWD/.venv"
.venv/bin/python -m uv pip install --quiet --require-hashes -r requirements.lock
.venv/bin/python -m uv pip install --quiet --no-deps --no-build-isolation -e .
touch .venv/.ready
