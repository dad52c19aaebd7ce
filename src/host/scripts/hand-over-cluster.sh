#!/bin/sh
# Runs as root when Redis is to be stopped. A primary has a replica take over first, which holds writes back until that one has all, so that
# nothing is lost. Where that can't be done in time, Redis is stopped all the same, and the others notice.
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
ask() {
  "$(dirname "$0")/ask-peer" "$1" 6379 _node
}

own_line() {
  echo 'CLUSTER NODES' | ask "$HIPAA_REDIS_SELF" | grep ' myself,'
}

# Whoever takes over knows nothing of slots that are on their way from or to this node: no move begins any more, and that one comes to its end.
is_moving() {
  own_line | grep -q ' \['
}
if is_moving; then
  : >/run/hipaa-redis/start/leaves
  "$(dirname "$0")/agree-on-members" </dev/null || :
  last=$(($(date +%s) + 60))
  still=0
  # Between two parts of a move nothing is on its way for a moment.
  while [ "$still" -lt 5 ] && [ "$(date +%s)" -lt "$last" ]; do
    sleep 0.1
    still=$((still + 1))
    ! is_moving || still=0
  done
fi

# What does not come to its end the successor has to be told, or it knows of no key that has gone.
on_their_way=$(own_line | tr ' ' '\n' | sed -n 's/^\[\(.*\)->-\(.*\)\]$/CLUSTER SETSLOT \1 MIGRATING \2/p
  s/^\[\(.*\)-<-\(.*\)\]$/CLUSTER SETSLOT \1 IMPORTING \2/p')

# Nobody takes over from one that has no slots.
own=$(own_line) || own=unknown
case $own in unknown | *' connected '[0-9]*) ;; *) exit 0 ;; esac

last=$(($(date +%s) + 15))
tell=0
replica=''
while :; do
  # One that is late is asked again.
  late=0
  own=$(echo 'INFO replication' | ask "$HIPAA_REDIS_SELF") || late=1
  [ "$late" -eq 1 ] || printf '%s\n' "$own" | grep -qx 'role:master' || break
  now=$(date +%s)
  [ "$now" -lt "$last" ] || {
    printf 'hipaa-redis: not handed over: no replica took over in time.\n' >&2
    exit 0
  }
  # Redis gives a takeover up after five seconds.
  if [ "$late" -eq 0 ] && [ "$now" -ge "$tell" ]; then
    replica=$(printf '%s\n' "$own" | awk -F '[:,=]' '
      /^slave[0-9]+:/ && $7 == "online" && (most == "" || $9 > most) { most = $9; address = $3 }
      END { print address }')
    [ -n "$replica" ] || exit 0
    echo 'CLUSTER FAILOVER' | ask "$replica" >/dev/null || :
    tell=$((now + 6))
  fi
  sleep 0.1
done
[ -n "$replica" ] || exit 0
[ -z "$on_their_way" ] || printf '%s\n' "$on_their_way" | ask "$replica" >/dev/null
printf 'hipaa-redis: handed over to %s.\n' "$replica" >&2
