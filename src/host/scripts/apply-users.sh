#!/bin/sh
# Has the running Redis take the users of a file without a restart: those in it are set, which leaves their connections
# alone, and all others are deleted, which ends theirs. No value is ever printed.
#
#   $1  the file: lines that begin with `user`, as in redis.conf
set -eu

ask=$(dirname "$0")/ask-redis
unit=hipaa-redis-server.service

fail() {
  printf 'hipaa-redis: Redis did not take its users: %s\n' "$1" >&2
  exit 1
}

# One that is starting may have read the file before this one; one that is down reads it when it starts.
tries=30
while [ "$(systemctl show --property=ActiveState --value "$unit")" = activating ]; do
  [ "$tries" -gt 0 ] || fail 'it is starting for ever.'
  tries=$((tries - 1))
  sleep 1
done
systemctl is-active --quiet "$unit" || exit 0

known=$(echo 'ACL USERS' | "$ask")
! printf '%s\n' "$known" | grep -qvxE '[A-Za-z0-9_-]+' || fail 'it does not tell them.'
[ "$(printf '%s\n' "$known" | head -n 1)" = OK ] || fail 'it does not know this agent.'

commands=$(
  while read -r _ user; do printf 'ACL SETUSER %s\n' "$user"; done <"$1"
  printf '%s\n' "$known" | tail -n +2 | while read -r name; do
    [ "$name" = _agent ] || grep -q "^user $name " "$1" || printf 'ACL DELUSER %s\n' "$name"
  done
)
answers=$(printf '%s\n' "$commands" | "$ask")
! printf '%s\n' "$answers" | grep -qvxE 'OK|[0-9]+' || fail 'it refuses one.'
# The first is AUTH's.
[ "$(printf '%s\n' "$answers" | wc -l)" -eq $(($(printf '%s\n' "$commands" | wc -l) + 1)) ] || fail 'it has gone.'
