#!/bin/sh
# Has the running Redis take the users of a file without a restart: those in it are set, which leaves their connections
# alone, and all others are deleted, which ends theirs. One that does not take them in time, as a client may hold all of its
# places or keep it busy, begins anew with them. No value is ever printed.
#
#   $1  the file: lines that begin with `user`, as in redis.conf
set -eu

scripts=$(dirname "$0")
unit=hipaa-redis-server.service

fail() {
  printf 'hipaa-redis: Redis did not take its users: %s\n' "$1" >&2
  exit 1
}

# One that is starting may have read the file before this one; one that is down, or has not come to Redis itself, reads it when it starts.
tries=30
while [ "$(systemctl show --property=SubState --value "$unit")" = start ]; do
  [ "$tries" -gt 0 ] || fail 'it is starting for ever.'
  tries=$((tries - 1))
  sleep 1
done
systemctl is-active --quiet "$unit" || exit 0

# Tells it once; when it has not taken them, $why has the reason.
tell() {
  why='it does not answer, or has no place for this agent.'
  known=$(echo 'ACL USERS' | "$scripts/ask-redis") || :
  [ -n "$known" ] || return 1
  why='it does not know this agent.'
  [ "$(printf '%s\n' "$known" | head -n 1)" = OK ] || return 1
  why='it does not tell them.'
  ! printf '%s\n' "$known" | grep -qvxE '[A-Za-z0-9_-]+' || return 1

  commands=$(
    while read -r _ user; do printf 'ACL SETUSER %s\n' "$user"; done <"$1"
    printf '%s\n' "$known" | tail -n +2 | while read -r name; do
      [ "$name" = _agent ] || grep -q "^user $name " "$1" || printf 'ACL DELUSER %s\n' "$name"
    done
  )
  answers=$(printf '%s\n' "$commands" | "$scripts/ask-redis") || :
  # It would not start with these either.
  ! printf '%s\n' "$answers" | grep -q 'Error in ACL SETUSER' || fail 'it refuses one.'
  why='it has gone, or does something else.'
  ! printf '%s\n' "$answers" | grep -qvxE 'OK|[0-9]+' || return 1
  # The first is AUTH's.
  [ "$(printf '%s\n' "$answers" | wc -l)" -eq $(($(printf '%s\n' "$commands" | wc -l) + 1)) ]
}

tries=3
until tell "$1"; do
  # One that has stopped since reads it when it starts.
  systemctl is-active --quiet "$unit" || exit 0
  tries=$((tries - 1))
  if [ "$tries" -eq 0 ]; then
    "$scripts/begin-anew" "Redis did not take its users: $why" || fail 'it does not start with them.'
    exit 0
  fi
  sleep 1
done
