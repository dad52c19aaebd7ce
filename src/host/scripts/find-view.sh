#!/bin/sh
# Prints the cluster as the node sees it that knows most: a line with its state, its epoch, its address, how many nodes were asked and how
# many answered, and then what it says of the nodes. One whose state is `ok` is in touch with most primaries. Exits with 1 where nobody
# answers, and with 2 where somebody is there and tells nothing.
#
#   $1  how many are asked, taken at random; if it is left out, as many as it takes to find one that is in touch
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
ask=$(dirname "$0")/ask-peer
answers=$(mktemp -d /run/hipaa-redis/view.XXXXXXXX)
trap 'rm -rf "$answers"' EXIT

others() {
  awk -v self="$HIPAA_REDIS_NODE_ID" -v own="$1" '
    { split($1, place, "-") }
    FNR == NR { if ($3 == self) shard = place[1]; next }
    $3 != self && (place[1] == shard) == own { print $2 }' /run/hipaa-redis/secret/cluster-members /run/hipaa-redis/secret/cluster-members
}
# All of the node's own shard, and twelve of the others, which may be hundreds.
asked() {
  if [ -n "${1:-}" ]; then
    { others 1 && others 0; } | shuf -n "$1"
  else
    others 1 && others 0 | shuf -n 12
  fi
}
for node in $(asked "$@"); do
  printf 'CLUSTER INFO\nCLUSTER NODES\n' | "$ask" "$node" 6379 _node >"$answers/$node" &
done
wait

# An answer that was cut off, as the time was over, is none.
view=$(for answer in "$answers"/*; do
  awk -F '[: ]' -v node="${answer##*/}" '
    /^cluster_state:/ { state = $2 }
    /^cluster_known_nodes:/ { known = $2 }
    /^cluster_current_epoch:/ { epoch = $2 }
    /^[0-9a-f]+ / && length($1) == 40 { count++ }
    END { if (known > 0 && count == known) print state, epoch, node }' "$answer"
done | sort -k 1,1r -k 2,2nr | head -n 1)
answered=$(find "$answers" -type f -size +0 | wc -l)
[ -n "$view" ] || exit $((answered > 0 ? 2 : 1))
printf '%s %d %d\n' "$view" "$(find "$answers" -type f | wc -l)" "$answered"
awk '/^[0-9a-f]+ / && length($1) == 40' "$answers/${view##* }"
