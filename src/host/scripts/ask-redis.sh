#!/bin/sh
# Asks the running Redis as this host's agent, which is root's alone, and prints its answers, the one to AUTH first. One that
# does not answer is waited for a few seconds.
#
#   stdin  commands, a line each; those that are renamed go by their old names
set -eu

redis=/run/hipaa-redis

# Neither a password nor a secret name is ever on a command line, which all may read: this is the shell's own work.
name_here() {
  while read -r directive name secret; do
    if [ "$directive $name" = "rename-command $1" ]; then
      printf %s "$secret"
      return
    fi
  done <"$redis/start/commands.conf"
  printf %s "$1"
}

read -r password <"$redis/start/agent"
{
  printf 'AUTH _agent %s\n' "$password"
  while read -r command rest; do printf '%s %s\n' "$(name_here "$command")" "$rest"; done
} | timeout 5 redis-cli -s "$redis/redis/redis.sock"
