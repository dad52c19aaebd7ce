#!/bin/sh
# Writes to the journal how many wrong passwords Redis has refused since the last look, and nothing else of them. Redis
# itself counts them and logs none. It counts by the first word of each error, for as long as it runs: scripts can make up
# words without end, so when there are too many it is told to count anew; Redis 8.0 ceases to count at all by then.
set -eu

redis=/run/hipaa-redis
ask=$(dirname "$0")/ask-redis
most_words=1000
systemctl is-active --quiet hipaa-redis-server.service || exit 0

tell() {
  logger --journald <<EOF
PRIORITY=4
SYSLOG_IDENTIFIER=hipaa-redis
MESSAGE=hipaa-redis: $1
EOF
}

# The first line is the answer to the sign-in. Alone, it tells that the rest is more than Redis sends to a client.
seen=$(echo 'INFO errorstats' | "$ask" | tr -d '\r' | awk -F '[:=,]' '
  /^errorstat_/ { words += 1 }
  /^errorstat_WRONGPASS:count=/ { count = $3 }
  /^errorstat_ERRORSTATS_DISABLED:/ { ended = 1 }
  END { print count + 0, (ended || NR == 1 && $0 == "OK") ? "endless" : words + 0 }')
count=${seen% *}
words=${seen#* }

# The file is as old as this Redis: it begins to count anew when it starts.
before=$(cat "$redis/start/refused" 2>/dev/null || printf 0)
if [ "$count" -gt "$before" ]; then
  printf '%s\n' "$count" >"$redis/start/refused"
  tell "$((count - before)) wrong passwords were refused since the last look, $count since Redis began to count."
fi
if [ "$words" = endless ] || [ "$words" -gt "$most_words" ]; then
  echo 'CONFIG RESETSTAT' | "$ask" >/dev/null || exit 0
  rm -f "$redis/start/refused"
  tell 'scripts have made up too many words of errors, each of which Redis counts: it counts anew.'
fi
