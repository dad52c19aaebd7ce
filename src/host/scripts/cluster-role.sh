#!/bin/sh
# Prints what this node is in the cluster by what another says of it, or by its own view, which it reads: `lead`, `follow` and whom, or
# `wait` for slots or for another of its shard. The lines after it are the addresses of those that may have this node's values, and whether
# they are `there` or `away`.
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env

awk -v self="$HIPAA_REDIS_NODE_ID" '
  FNR == NR {
    split($1, place, "-")
    shard[$3] = place[1]
    number[$3] = place[2]
    if ($3 == self) own = place[1]
    next
  }
  length($1) != 40 || $3 ~ /handshake|noaddr/ { next }
  {
    slots = 0
    for (field = 9; field <= NF; field++) if ($field !~ /^\[/) slots = 1
    if ($1 == self) { leads = slots; next }
    mine = ($1 in shard) && shard[$1] == own
    if (mine && slots) leader = $1
    # Of those that have no slots yet, the first of the shard is to get them.
    if (mine && !slots && $3 ~ /master/ && $3 !~ /fail/ && number[$1] < number[self] && (first == "" || number[$1] < number[first])) first = $1
    if (mine || $4 == self) { address = $2; sub(/:.*/, "", address); peers = peers address ($3 ~ /fail/ ? " away\n" : " there\n") }
  }
  END {
    if (leader == "") leader = first
    print leads ? "lead" : leader != "" ? "follow " leader : "wait"
    printf "%s", peers
  }' /run/hipaa-redis/secret/cluster-members -
