#!/bin/sh
# Writes to the journal how many wrong passwords Redis has refused since the last look, and nothing else of them. Redis
# itself counts them and logs none.
set -eu

redis=/run/hipaa-redis
systemctl is-active --quiet hipaa-redis-server.service || exit 0
count=$(echo 'INFO errorstats' | "$(dirname "$0")/ask-redis" |
  tr -d '\r' | sed -n 's/^errorstat_WRONGPASS:count=//p')
count=${count:-0}

# The file is as old as this Redis: it begins to count anew when it starts.
before=$(cat "$redis/start/refused" 2>/dev/null || printf 0)
[ "$count" -gt "$before" ] || exit 0
printf '%s\n' "$count" >"$redis/start/refused"
logger --journald <<EOF
PRIORITY=4
SYSLOG_IDENTIFIER=hipaa-redis
MESSAGE=hipaa-redis: $((count - before)) wrong passwords were refused since the last look, $count since Redis started.
EOF
