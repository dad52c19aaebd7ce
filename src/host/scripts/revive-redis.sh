#!/bin/sh
# Has Redis begin anew, empty as a cache may be, when it takes no writes any more and nothing else helps: a script that
# loops after it has written can't be ended (BUSY, UNKILLABLE), and what no client's account has and nothing evicts may
# take all of its memory (OOM).
set -eu

unit=hipaa-redis-server.service
ask=$(dirname "$0")/ask-redis
systemctl is-active --quiet "$unit" || exit 0

tries=4
while :; do
  # It changes nothing, and is refused when what changes something is.
  answer=$(echo 'SETRANGE hipaa-redis:agent 0 ""' | "$ask" | tr -d '\r')
  case $answer in
  *'BUSY '*) why='a script does not end' ;;
  *'OOM '*) why='its memory is full of what it cannot evict' ;;
  *) exit 0 ;;
  esac
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || break
  [ "$why" != 'a script does not end' ] || echo 'SCRIPT KILL' | "$ask" >/dev/null
  sleep 5
done
# It saves nothing, and would not hear of a stop that is asked for.
systemctl kill --signal=KILL "$unit"
logger --journald <<EOF
PRIORITY=2
SYSLOG_IDENTIFIER=hipaa-redis
MESSAGE=hipaa-redis: Redis took no writes, because $why: it begins anew, empty.
EOF
