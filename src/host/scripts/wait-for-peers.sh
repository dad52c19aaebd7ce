#!/bin/sh
# Waits until all nodes of the cache are well: one leads, and the others follow it. Nodes take updates one after the other, and none does
# while another is away.
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
# Nothing but an update makes a server start that is too old, and it is away as it is.
[ ! -e /run/hipaa-redis/start/too-old ] || exit 0
scripts=$(dirname "$0")
last=$(($(date +%s) + 1800))

well() {
  leaders=0
  for node in $(echo "$HIPAA_REDIS_NODES" | tr , ' '); do
    case $(echo 'INFO replication' | "$scripts/ask-peer" "$node" 6379 _sentinel) in
    *role:master*) leaders=$((leaders + 1)) ;;
    *master_link_status:up*) ;;
    *) return 1 ;;
    esac
  done
  [ "$leaders" -eq 1 ]
}
until well; do
  [ "$(date +%s)" -lt "$last" ] || {
    "$scripts/raise-alarm" 'Not all nodes have been well for half an hour. No updates are made here now.'
    exit 1
  }
  sleep 5
done
