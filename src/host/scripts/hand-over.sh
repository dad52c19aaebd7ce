#!/bin/sh
# Runs as root when Redis is to be stopped. A primary hands over first: it holds new writes back until its replicas have all that it has, has
# Sentinel make one of them the primary, and becomes its replica, so that nothing is lost and whoever still writes here is told to look
# elsewhere. Where that can't be done in time, Redis is stopped all the same, and Sentinel notices.
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
scripts=$(dirname "$0")
ask() {
  "$scripts/ask-redis" | tr -d '\r' | tail -n +2
}

# The answer to INFO is cut to the field's value.
field() {
  echo 'INFO replication' | ask | sed -n "s/^$1://p"
}

[ "$(field role)" = master ] || exit 0
[ "$(field connected_slaves)" -gt 0 ] || exit 0

# Writes are held back for longer than all of this takes: one that came after the other node began to lead would be lost. And nobody is pinged
# any more, as pings count in what a replica has: one that had a ping more than the node that leads next could not go on from there, and would
# need a whole copy, which an older server does not take from a newer one.
hold_milliseconds=30000
last=$(($(date +%s) + 15))
printf 'CONFIG SET repl-ping-replica-period 3600\nCLIENT PAUSE %s WRITE\n' "$hold_milliseconds" | ask >/dev/null

# $1: what it is when it does not come; the rest is the condition
wait_for() {
  why=$1
  shift
  until "$@"; do
    [ "$(date +%s)" -lt "$last" ] || {
      printf 'hipaa-redis: not handed over: %s\n' "$why" >&2
      exit 0
    }
    sleep 0.1
  done
}

# Each of them, as Sentinel may choose any: what it knows of what they have is up to a second old. Not one that was silent for more than three
# seconds: Sentinel takes it for away.
replicas_have_all() {
  echo 'INFO replication' | ask | awk -F '[:,=]' -v all="$all" '
    /^slave[0-9]+:/ && $7 == "online" && $11 <= 3 { $9 >= all ? have++ : lack++ }
    END { exit !(all != "" && have && !lack) }'
}
another_leads() {
  primary=$("$scripts/find-primary") && [ "$primary" != "$HIPAA_REDIS_SELF" ]
}
fail_over() {
  for sentinel in $(echo "$HIPAA_REDIS_SENTINELS" | tr , ' '); do
    ! echo 'SENTINEL FAILOVER main' | "$scripts/ask-peer" "$sentinel" 26379 _peer | tail -n +2 | grep -qxE 'OK|INPROG.*' || return 0
  done
  return 1
}

all=$(field master_repl_offset)
wait_for 'its replicas do not have all that it has.' replicas_have_all
wait_for 'no Sentinel takes it up.' fail_over
wait_for 'no other node became the primary.' another_leads
echo "REPLICAOF $primary 6379" | ask >/dev/null
echo 'CLIENT UNPAUSE' | ask >/dev/null
printf 'hipaa-redis: handed over to %s.\n' "$primary" >&2
