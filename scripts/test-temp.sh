#!/bin/sh
# Where the tests keep their thousands of databases: in memory where there is room, as half of their time else goes into
# waiting for a disk to have written what is thrown away. Prints nothing where pytest shall choose.
set -eu
memory=/dev/shm
gigabytes=4
[ -d "$memory" ] && [ -w "$memory" ] || exit 0
free=$(df -Pk "$memory" | awk 'NR == 2 { print $4 }')
[ "$free" -ge $((gigabytes * 1024 * 1024)) ] && printf '%s\n' "$memory"
exit 0
