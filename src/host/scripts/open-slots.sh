#!/bin/sh
# Prints what is to be done with each slot that is on its way from or to this node, which no move goes on with: a line `take` or `give` with
# the other node's address and id and the slot, or `close` and the slot.
#
#   stdin  what this node's Redis says of the cluster's nodes
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env

awk -v self="$HIPAA_REDIS_NODE_ID" '
  FNR == NR { split($1, place, "-"); shard[$3] = place[1]; next }
  length($1) != 40 { next }
  {
    address[$1] = $2
    sub(/:.*/, "", address[$1])
    if ($3 ~ /master/ && $3 !~ /fail|handshake|noaddr/) { leads[$1] = 1; if ($1 in shard) leader[shard[$1]] = $1 }
    for (field = 9; field <= NF; field++) {
      if ($field ~ /^\[/) { if ($1 == self) open[$field] = 1; continue }
      ends = split($field, range, "-")
      for (slot = range[1] + 0; slot <= range[ends] + 0; slot++) holder[slot] = $1
    }
  }
  END {
    # Valkey tells replicas as well what is on its way: it is their primary that goes on with it.
    if (!(self in leads)) exit
    for (one in open) {
      takes = one ~ /<-/
      slot = substr(one, 2) + 0
      other = substr(one, length(one) - 40, 40)
      # It may have handed over since.
      other = takes ? holder[slot] : (other in leads) ? other : (other in shard) ? leader[shard[other]] : ""
      if (other == "" || other == self || (!takes && holder[slot] != self)) print "close", slot
      else print (takes ? "take" : "give"), address[other], other, slot
    }
  }' /run/hipaa-redis/secret/cluster-members - | sort -k 1,1 -k 4,4n
