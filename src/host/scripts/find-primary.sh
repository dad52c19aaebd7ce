#!/bin/sh
# Prints the address of the primary that a majority of all Sentinels names. Without one it prints nothing and exits with 1.
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
ask=$(dirname "$0")/ask-peer
answers=$(mktemp -d /run/hipaa-redis/sentinels.XXXXXXXX)
trap 'rm -rf "$answers"' EXIT

count=0
for sentinel in $(echo "$HIPAA_REDIS_SENTINELS" | tr , ' '); do
  count=$((count + 1))
  echo 'SENTINEL GET-MASTER-ADDR-BY-NAME main' | "$ask" "$sentinel" 26379 _peer >"$answers/$sentinel" &
done
wait
# Behind the answer to AUTH come address and port.
for answer in "$answers"/*; do sed -n '1{/^OK$/!q};2{/^127[.]/p}' "$answer"; done | sort | uniq -c | sort -rn | {
  read -r votes primary || exit 1
  [ $((votes * 2)) -gt "$count" ] || exit 1
  printf '%s\n' "$primary"
}
