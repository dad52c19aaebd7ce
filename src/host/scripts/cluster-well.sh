#!/bin/sh
# Waits until the cluster is well: all members are there, all slots are served, none is on its way, and the node's own shard has all its
# copies. Nodes take updates one after the other, and none does while another is away.
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
# Nothing but an update makes a server start that is too old, and it is away as it is.
[ ! -e /run/hipaa-redis/start/too-old ] || exit 0
scripts=$(dirname "$0")
members=/run/hipaa-redis/secret/cluster-members
last=$(($(date +%s) + 1800))

ask() {
  "$scripts/ask-peer" "$1" 6379 _node
}
well() {
  told=$(printf 'CLUSTER INFO\nCLUSTER NODES\n' | ask "$HIPAA_REDIS_SELF")
  printf '%s\n' "$told" | grep -qx 'cluster_state:ok' || return 1
  printf '%s\n' "$told" | grep -qx 'cluster_slots_ok:16384' || return 1
  printf '%s\n' "$told" | awk '
    FNR == NR { away[$3] = 1; next }
    /^[0-9a-f]+ / && $3 !~ /fail|handshake|noaddr/ && ($8 == "connected" || $3 ~ /myself/) { delete away[$1] }
    /\[[0-9]+-[<>]-/ { ill = 1 }
    END { for (one in away) ill = 1; exit ill }' "$members" - || return 1
  leaders=0
  peers=$(awk -v self="$HIPAA_REDIS_NODE_ID" '
    { split($1, place, "-") }
    FNR == NR { if ($3 == self) own = place[1]; next }
    place[1] == own { print $2 }' "$members" "$members")
  for node in $peers; do
    case $(echo 'INFO replication' | ask "$node") in
    *role:master*) leaders=$((leaders + 1)) ;;
    *master_link_status:up*) ;;
    *) return 1 ;;
    esac
  done
  [ "$leaders" -eq 1 ]
}
until well; do
  [ "$(date +%s)" -lt "$last" ] || {
    "$scripts/raise-alarm" 'The cluster has not been well for half an hour. No updates are made here today.'
    exit 1
  }
  sleep 5
done
