#!/bin/sh
# Has the running Redis take the users of a file without a restart: those in it are set, which leaves their connections
# alone, and all others are deleted, which ends theirs. No value is ever printed.
#
#   $1  the file: lines that begin with `user`, as in redis.conf
set -eu

redis=/run/hipaa-redis
# When it starts it reads the file by itself.
systemctl is-active --quiet hipaa-redis-server.service || exit 0
read -r acl password <"$redis/start/agent"

# Not on a command line, which everybody may read.
ask() {
  { printf 'AUTH _agent %s\n' "$password" && cat; } | redis-cli -s "$redis/redis/redis.sock"
}

others=$(printf '%s USERS\n' "$acl" | ask | tail -n +2 | grep -vxE "_agent|$(awk '{ print $2 }' "$1" | paste -sd '|')" || true)
answers=$({
  sed "s/^user /$acl SETUSER /" "$1"
  for name in $others; do printf '%s DELUSER %s\n' "$acl" "$name"; done
} | ask)
if printf '%s\n' "$answers" | grep -vxE 'OK|[0-9]+|'; then
  printf 'hipaa-redis: Redis did not take its users: see the lines above.\n' >&2
  exit 1
fi
