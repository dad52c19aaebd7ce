#!/bin/sh
# Asks Redis or Sentinel of one of the cache's nodes, as its peers do, and prints its answers, the one to AUTH first.
#
#   $1     the node's address on the loopback
#   $2     the port: 6379 is Redis's, 26379 Sentinel's
#   $3     the user: _sentinel with Redis, _node in a cluster, _peer with Sentinel
#   stdin  commands, a line each
set -eu

# No password is ever on a command line, which all may read: this is the shell's own work.
read -r password </run/hipaa-redis/secret/peer-password
{
  printf 'AUTH %s %s\n' "$3" "$password"
  cat
} | timeout 2 redis-cli -h "$1" -p "$2" 2>/dev/null | tr -d '\r'
