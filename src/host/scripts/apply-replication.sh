#!/bin/sh
# Has the running Redis and Sentinel take what has changed of their peers: the password that they call them with and, of Sentinel, its
# users. A Sentinel that does not take it begins anew with its files; it keeps nothing that the others don't know.
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
scripts=$(dirname "$0")
secret=/run/hipaa-redis/secret
read -r password <"$secret/peer-password"

if systemctl is-active --quiet hipaa-redis-server.service; then
  answers=$(printf 'CONFIG SET masterauth %s\n' "$password" | "$scripts/ask-redis" | tr -d '\r')
  [ "$(printf '%s\n' "$answers" | grep -cx OK)" -eq 2 ] || {
    printf 'hipaa-redis: Redis did not take the password of its peers.\n' >&2
    exit 1
  }
fi

ask_sentinel() {
  "$scripts/ask-peer" "$HIPAA_REDIS_SELF" 26379 _peer
}
tell() {
  users=$("$scripts/sentinel-users") || return 1
  known=$(echo 'ACL USERS' | ask_sentinel) || return 1
  [ "$(printf '%s\n' "$known" | head -n 1)" = OK ] || return 1
  commands=$(
    printf 'SENTINEL SET main auth-pass %s\nSENTINEL CONFIG SET sentinel-pass %s\n' "$password" "$password"
    printf '%s\n' "$users" | while read -r _ user; do printf 'ACL SETUSER %s\n' "$user"; done
    printf '%s\n' "$known" | tail -n +2 | while read -r name; do
      printf '%s\n' "$users" | grep -q "^user $name " || printf 'ACL DELUSER %s\n' "$name"
    done
  )
  answers=$(printf '%s\n' "$commands" | ask_sentinel) || return 1
  [ "$(printf '%s\n' "$answers" | grep -cxE 'OK|[0-9]+')" -eq $(($(printf '%s\n' "$commands" | wc -l) + 1)) ]
}
unit=hipaa-redis-sentinel.service
! systemctl is-active --quiet "$unit" || tell || systemctl restart "$unit"
