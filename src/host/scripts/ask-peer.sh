#!/bin/sh
# Asks Redis or Sentinel of one of the cache's nodes, as its peers do, and prints its answers, the one to AUTH first. One that is not
# there answers nothing; one that does not answer in time is an error.
#
#   $1     the node's address on the loopback
#   $2     the port: 6379 is Redis's, 26379 Sentinel's
#   $3     the user: _sentinel with Redis, _node in a cluster, _peer with Sentinel
#   stdin  commands, a line each
set -eu

status=0
# No password is ever on a command line, which all may read: this is the shell's own work.
read -r password </run/hipaa-redis/secret/peer-password
answers=$(
  {
    printf 'AUTH %s %s\n' "$3" "$password"
    cat
  } | timeout 2 redis-cli -h "$1" -p "$2" 2>/dev/null
) || status=$?
[ -z "$answers" ] || printf '%s\n' "$answers" | tr -d '\r'
exit "$status"
