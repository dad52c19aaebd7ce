#!/bin/sh
# Writes to the journal how many wrong passwords Redis has refused since the last look, and nothing else of them. Redis
# itself counts them and logs none: what it denied, for as long as it runs, and Redis 7.0, which has no such count, by the
# first word of each error. Newer ones give no answer to a wrong password where another answer is on its way. Scripts can make
# up words without end, so when there are too many it is told to count them anew; Redis 8.0 ceases to count at all by then.
set -eu

redis=/run/hipaa-redis
ask=$(dirname "$0")/ask-redis
systemctl is-active --quiet hipaa-redis-server.service || exit 0

tell() {
  logger --journald <<EOF
PRIORITY=4
SYSLOG_IDENTIFIER=hipaa-redis
MESSAGE=hipaa-redis: $1
EOF
}

# Where only the first is answered, the rest is more than Redis sends to a client.
seen=$(printf 'INFO stats\nINFO errorstats\n' | "$ask" | tr -d '\r' | awk -F '[:=,]' '
  /^acl_access_denied_auth:/ { count = $2; lasts = 1 }
  /^errorstat_/ { words += 1 }
  /^errorstat_WRONGPASS:count=/ && !lasts { count = $3 }
  /^# Errorstats|^[A-Z]+ / { endless = 0 }
  /^# Stats|^errorstat_ERRORSTATS_DISABLED:/ { endless = 1 }
  END { print count + 0, lasts + 0, endless ? 9999 : words + 0 }')
count=${seen%% *}

# The file is as old as this Redis: it begins to count anew when it starts.
before=$(cat "$redis/start/refused" 2>/dev/null || printf 0)
if [ "$count" -gt "$before" ]; then
  printf '%s\n' "$count" >"$redis/start/refused"
  tell "$((count - before)) wrong passwords were refused since the last look, $count since Redis began to count."
fi
if [ "${seen##* }" -gt 1000 ]; then
  echo 'CONFIG RESETSTAT' | "$ask" >/dev/null || exit 0
  # A count that lasts goes on from where it was told.
  [ "${seen#* 1 }" != "$seen" ] || rm -f "$redis/start/refused"
  tell 'scripts made up too many words of errors: Redis counts them anew.'
fi
