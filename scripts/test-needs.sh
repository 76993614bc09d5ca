#!/bin/sh
# What the tests run against for real: a Chromium, whole and without its windows, with the tool that tells it whom to trust,
# and a PostgreSQL from the system's packages, iproute2, which makes the network whose cable is pulled out, and Belenios' own
# tool, which judges our elections.
set -eu
scripts/belenios-tool.sh
missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$missing chromium"
command -v chromium-headless-shell >/dev/null || missing="$missing chromium-headless-shell"
command -v certutil >/dev/null || missing="$missing libnss3-tools"
[ -x /usr/sbin/ip ] || command -v ip >/dev/null || missing="$missing iproute2"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$missing postgresql"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing what the tests need:$missing ..."
    # shellcheck disable=SC2086
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
else
    echo "The tests need more packages; install them and run this again: sudo apt-get install$missing" >&2
    exit 1
fi
