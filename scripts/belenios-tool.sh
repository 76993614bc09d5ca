#!/bin/sh
# Puts `belenios-tool`, which judges our elections in the tests and of which not a line is ours, into .venv/bin.
#
# One that stands on this machine is used if it is of version 3. Where Debian's own is older, that of Debian 13 is taken from
# the mirror that this machine uses, with the libraries it was built for, into a folder of its own: nothing of the system changes.
set -eu
tool="$PWD/.venv/bin/belenios-tool"
reads_our_archives() { "$1" --version 2>/dev/null | grep -q '^3\.'; }

[ -x "$tool" ] && reads_our_archives "$tool" && exit 0
if standing=$(command -v belenios-tool) && reads_our_archives "$standing"; then
    ln -sf "$standing" "$tool"
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "The tests need belenios-tool 3; install it and run this again." >&2
    exit 1
fi

echo "Fetching belenios-tool ..."
root="$PWD/.venv/belenios"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
: >"$work/status"
# shellcheck disable=SC2016 # a word of apt's own
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$work/sources.list"
apt() {
    apt-get -qq -o Acquire::Retries=3 -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
        -o Dir::State="$work" -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache" -o APT::Sandbox::User= "$@"
}
apt update
apt install --download-only --no-install-recommends -y belenios-tool >/dev/null
rm -rf "$root"
mkdir -p "$root"
for package in "$work"/cache/archives/*.deb; do dpkg-deb -x "$package" "$root"; done
loader=$(find "$root/usr/lib" -name 'ld-linux*' | head -n 1)
cat >"$tool" <<EOF
#!/bin/sh
exec "$loader" --library-path "${loader%/*}" "$root/usr/bin/belenios-tool" "\$@"
EOF
chmod +x "$tool"
reads_our_archives "$tool"
