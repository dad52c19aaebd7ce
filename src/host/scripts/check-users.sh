#!/bin/sh
# Compares the users that the running Redis has whole with those of its files, as a Redis that starts now would have them:
# the same words may be written in another order. Prints how many there are, or the names of those that differ.
#
#   $1  passwords: whether they are on, and their passwords; rights: keys, channels, commands
set -euf
umask 077

redis=/run/hipaa-redis
folder=$(mktemp -d "$redis/users.XXXXXXXX")
server=''
end() {
  [ -z "$server" ] || kill "$server"
  rm -rf "$folder"
}
trap end EXIT

# It keeps nothing, and ends with this script.
{
  grep -h '^user ' "$redis/secret/users.conf" "$redis/start/commands.conf"
  printf 'user _looker reset on nopass -@all +acl|list\nport 0\nunixsocket %s/socket\nsave ""\ndir %s\n' "$folder" "$folder"
} >"$folder/redis.conf"
/usr/bin/redis-server "$folder/redis.conf" >/dev/null 2>&1 &
server=$!
tries=100
until redis-cli -s "$folder/socket" --user _looker --pass none --no-auth-warning ACL LIST >"$folder/planned" 2>/dev/null; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || exit 1
  sleep 0.1
done
echo 'ACL LIST' | "$(dirname "$0")/ask-redis" | tail -n +2 >"$folder/running"

# The name and, in order, the words that count.
words() {
  grep '^user ' "$1" | grep -v '^user _looker ' | tr -d '\r' | while read -r _ name rest; do
    # shellcheck disable=SC2086 # Each word by itself; no name of a file is made of it.
    counted=$(printf '%s\n' $rest | grep "$2" 'on|off|nopass|#.*' || :)
    printf '%s %s\n' "$name" "$(printf '%s\n' "$counted" | sort | paste -s -d ' ' -)"
  done | sort
}
which=-xE
[ "$1" = passwords ] || which=-vxE
words "$folder/planned" "$which" >"$folder/planned.words"
words "$folder/running" "$which" >"$folder/running.words"
if cmp -s "$folder/planned.words" "$folder/running.words"; then
  printf '%d users as in their files\n' "$(wc -l <"$folder/planned.words")"
else
  printf 'not as in their files: %s\n' \
    "$(comm -3 "$folder/planned.words" "$folder/running.words" | awk '{ print $1 }' | sort -u | paste -s -d ' ' -)"
fi
