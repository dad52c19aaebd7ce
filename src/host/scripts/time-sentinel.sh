#!/bin/sh
# Runs as root once Sentinel is up, and has it look at what each node is more often than it does by itself: every ten seconds. A Sentinel
# that is cut off before it has seen that a node follows again takes it, when it leads later, for one that never ceased to, and makes it
# a replica: what was written there meanwhile is lost.
#
#   $1  from one look to the next, in milliseconds
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
answers=$(echo "SENTINEL DEBUG INFO-PERIOD $1" | "$(dirname "$0")/ask-peer" "$HIPAA_REDIS_SELF" 26379 _peer)
case $answers in
OK*OK) ;;
*) echo "hipaa-redis: Sentinel refuses: $answers" >&2 && exit 1 ;;
esac
