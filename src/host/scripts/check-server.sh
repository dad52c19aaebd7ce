#!/bin/sh
# Runs as root before the server starts, as Redis or as Sentinel, and lets none start that is older than Debian's last security fix that this
# library knows. One that is newer starts, whatever it is.
#
#   $1  the package that has the server's program
#   $2  Debian's version that has the fix
set -eu

folder=/run/hipaa-redis/start
rm -f "$folder/too-old"
version=$(dpkg-query --show --showformat='${Version}' "$1") || :
! dpkg --compare-versions "$version" ge "$2" || exit 0

# report-health tells it to pulumi up.
old="$1 $version is older than $2"
echo "too_old:$old" >"$folder/too-old"
"$(dirname "$0")/raise-alarm" "$old and not started: docs/operating.md."
# systemd tries again for ever, as the package may become newer: not every second.
sleep 60
exit 1
