#!/bin/sh
# Prints which slots this node is to take next, some at once: the giver's address and id, and the slots. Prints nothing where the slots are
# spread as the plan has them, or another node's turn comes first. All nodes see the same, as long as they go by the same list of members.
#
#   stdin  what this node's Redis says of the cluster's nodes
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env

awk -v self="$HIPAA_REDIS_NODE_ID" -v most=128 '
  FNR == NR {
    split($1, place, "-")
    shard[$3] = place[1]
    number[$3] = place[2]
    if (place[1] + 1 > shards) shards = place[1] + 1
    next
  }
  length($1) != 40 || $3 ~ /handshake|noaddr/ { next }
  {
    # Who is on the list no more is to have nothing.
    its = $1 in shard ? shard[$1] : "gone"
    address[$1] = $2
    for (field = 9; field <= NF; field++) {
      if ($field ~ /^\[/) continue
      ends = split($field, range, "-")
      for (slot = range[1] + 0; slot <= range[ends] + 0; slot++) { holder[slot] = $1; of[slot] = its; count[its]++ }
      leader[its] = $1
    }
    # Where nobody of a shard has slots yet, its first primary is to have them.
    if ($3 ~ /master/ && $3 !~ /fail/ && (!(its in first) || number[$1] < number[first[its]])) first[its] = $1
  }
  END {
    taker = -1
    for (its = shards - 1; its >= 0; its--) {
      target[its] = int(16384 * (its + 1) / shards) - int(16384 * its / shards)
      if (count[its] < target[its]) taker = its
    }
    if (taker < 0 || self != (taker in leader ? leader[taker] : first[taker])) exit
    lacks = target[taker] - count[taker]
    # Redis has nobody take over from one that has no slot: the first comes alone.
    if (count[taker] == 0) most = 1
    # Whoever has too many gives its highest ones; of all these the lowest goes first.
    for (slot = 16383; slot >= 0; slot--) {
      its = of[slot]
      if ((slot in holder) && gives[its] < count[its] - target[its]) { gives[its]++; surplus[slot] = 1 }
    }
    for (slot = 0; slot < 16384 && taken < most && taken < lacks; slot++) {
      if (!(slot in surplus) || (giver != "" && holder[slot] != giver)) continue
      giver = holder[slot]
      slots = slots " " slot
      taken++
    }
    sub(/:.*/, "", address[giver])
    if (giver != "") print address[giver], giver slots
  }' /run/hipaa-redis/secret/cluster-members -
