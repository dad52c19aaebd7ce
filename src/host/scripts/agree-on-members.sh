#!/bin/sh
# Has this node tell the others which list of members it goes by, and looks whether the primary of each shard of that list goes by the same:
# exits with 1 where one goes by another, which happens while a change comes to one host after the other, or is away.
#
#   stdin  what this node's Redis says of the cluster's nodes
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
members=/run/hipaa-redis/secret/cluster-members
# Redis carries a host name from node to node, and nobody calls this one.
name="members-$(sha256sum <"$members" | cut -c 1-16)"
# One that is about to hand over agrees with nobody.
[ ! -e /run/hipaa-redis/start/leaves ] || name=leaves

nodes=$(cat)
printf '%s\n' "$nodes" | grep -q "^$HIPAA_REDIS_NODE_ID [^ ]*,$name " ||
  echo "CONFIG SET cluster-announce-hostname $name" | "$(dirname "$0")/ask-redis" >/dev/null

printf '%s\n' "$nodes" | awk -v self="$HIPAA_REDIS_NODE_ID" -v name="$name" '
  FNR == NR { split($1, place, "-"); shard[$3] = place[1]; all[place[1]] = 1; next }
  ($1 in shard) && $3 ~ /master/ && $3 !~ /fail|handshake|noaddr/ {
    split($2, part, ",")
    if (name != "leaves" && (part[2] == name || $1 == self)) agrees[shard[$1]] = 1
    else differs = 1
  }
  END {
    for (one in all) if (!(one in agrees)) differs = 1
    exit differs
  }' "$members" -
