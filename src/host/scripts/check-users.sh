#!/bin/sh
# Compares the users that the running Redis has whole with those of its files, as a Redis that starts now would have them:
# the same words may be written in another order. Prints how many there are, or the names of those that differ.
#
# verify brings this script to a node; it is no part of the node's user data, which has little room.
#
#   $1  passwords: whether they are on, and their passwords; rights: keys, channels, commands
#   $2  the program of Redis
#   $3  the program that asks it
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
"$2" "$folder/redis.conf" >/dev/null 2>&1 &
server=$!
tries=100
until "$3" -s "$folder/socket" --user _looker --pass none --no-auth-warning ACL LIST >"$folder/planned" 2>/dev/null; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || exit 1
  sleep 0.1
done
echo 'ACL LIST' | /usr/local/lib/hipaa-redis/ask-redis | tail -n +2 >"$folder/running"

# The name and, in order, the words that count: those of passwords, or all others.
words() {
  tr -d '\r' <"$1" | awk -v passwords="$2" '
    $1 == "user" && $2 != "_looker" {
      count = 0
      for (field = 3; field <= NF; field++) {
        if (($field ~ /^(on|off|nopass|#.*)$/) != passwords) continue
        for (place = ++count; place > 1 && word[place - 1] "" > $field ""; place--) word[place] = word[place - 1]
        word[place] = $field
      }
      line = $2
      for (place = 1; place <= count; place++) line = line " " word[place]
      print line
    }' | sort
}
which=1
[ "$1" = passwords ] || which=0
words "$folder/planned" "$which" >"$folder/planned.words"
words "$folder/running" "$which" >"$folder/running.words"
if cmp -s "$folder/planned.words" "$folder/running.words"; then
  printf '%d users as in their files\n' "$(wc -l <"$folder/planned.words")"
else
  printf 'not as in their files: %s\n' \
    "$(comm -3 "$folder/planned.words" "$folder/running.words" | awk '{ print $1 }' | sort -u | paste -s -d ' ' -)"
fi
