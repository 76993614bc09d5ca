#!/bin/sh
# Make a Python environment, in .venv unless VENV names another place, and install what a lock file names, each file checked
# against its hash.
set -eu
lock=$1
python=${PYTHON:-python3}
venv=${VENV:-.venv}

command -v "$python" >/dev/null || { echo "Python 3.11 or newer is missing: apt-get install python3 python3-venv" >&2; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $python is older" >&2; exit 1; }

if [ ! -x "$venv/bin/pip" ]; then
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
        else
            echo "Python's venv is missing; install it and run this again: sudo apt-get install python3-venv" >&2
            exit 1
        fi
    fi
    "$python" -m venv "$venv"
fi

echo "Installing the packages of $lock ..."
"$venv/bin/pip" install --quiet --require-hashes --no-deps -r "$lock"
"$venv/bin/pip" install --quiet --no-deps --no-build-isolation --editable .
