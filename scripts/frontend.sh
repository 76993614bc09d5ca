#!/bin/sh
# Install the frontend's locked packages without running any of their scripts, and bundle it.
set -eu
echo "Bundling the frontend ..."
scripts/node.sh npm --prefix frontend ci --ignore-scripts --no-audit --no-fund --silent
scripts/node.sh npm --prefix frontend run --silent build
