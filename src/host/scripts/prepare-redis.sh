#!/bin/sh
# Runs as root before Redis starts. Makes up a secret name for each command that is renamed, and a user for the host's
# agent; both are known on this host alone, in memory, for as long as this Redis runs.
#
#   $@  the commands
set -eu
umask 077

folder=/run/hipaa-redis/start
rm -f "$folder/refused"
password=$(openssl rand -hex 32)
printf '%s\n' "$password" >"$folder/agent"
hash=$(printf %s "$password" | sha256sum | cut -d' ' -f1)
{
  # It sets users, reads what Redis runs with, has it count anew, tries whether it takes writes and ends scripts; it reads no value.
  printf 'user _agent reset on #%s -@all +acl|setuser +acl|deluser +acl|users +acl|list +config|get +config|resetstat +info +setrange +script|kill %%W~hipaa-redis:agent\n' "$hash"
  for command in "$@"; do
    printf 'rename-command %s %s\n' "$command" "$(openssl rand -hex 16)"
  done
} >"$folder/commands.conf"
# Redis alone: the tunnel is in its group.
chown redis:redis "$folder/commands.conf"
chmod 0400 "$folder/commands.conf"
