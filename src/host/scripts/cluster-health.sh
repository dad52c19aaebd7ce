#!/bin/sh
# Prints what this node sees of the cluster, for its report: whether it is in touch with most primaries, by which list of members it goes, how
# many slots it leads, and how many are with nodes that the list has no more or not yet where they are to be.
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
secret=/run/hipaa-redis/secret

told=$(printf 'CLUSTER INFO\nCLUSTER NODES\n' | "$(dirname "$0")/ask-peer" "$HIPAA_REDIS_SELF" 6379 _node)
printf '%s\n' "$told" | grep '^cluster_state:'
printf 'members:%s\n' "$(sha256sum <"$secret/members" | cut -c 1-16)"
printf '%s\n' "$told" | awk -v self="$HIPAA_REDIS_NODE_ID" '
  FNR == NR { split($1, place, "-"); shard[$3] = place[1]; if (place[1] + 1 > shards) shards = place[1] + 1; next }
  !/^[0-9a-f]+ / || length($1) != 40 { next }
  {
    for (field = 9; field <= NF; field++) {
      if ($field ~ /^\[/) continue
      ends = split($field, range, "-")
      count = range[ends] - range[1] + 1
      if ($1 == self) slots += count
      if ($1 in shard) has[shard[$1]] += count
      else strangers += count
    }
  }
  END {
    for (its = 0; its < shards; its++) {
      lacks = int(16384 * (its + 1) / shards) - int(16384 * its / shards) - has[its]
      if (lacks > 0) misplaced += lacks
    }
    printf "slots:%d\nstrangers:%d\nmisplaced:%d\n", slots, strangers, misplaced
  }' "$secret/cluster-members" -
