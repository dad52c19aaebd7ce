#!/bin/sh
# Ends each session at whose terminals nobody has typed for so long, for as long as this runs: a terminal's time of access is that of what was
# read from it. logind of Debian 13 would not: it has no utmp, and knows of no terminal of sshd's.
#
#   $1  minutes
set -eu

while sleep 20; do
  typed=$(find /dev/pts -type c -amin "-$1" -printf 'pts/%f,')
  ps -eo lsession=,tty=,pid= | awk -v typed=",$typed" '
    { pids[$1] = pids[$1] " " $3 }
    $1 != "-" && $2 ~ /^pts/ { if (index(typed, "," $2 ",")) stays[$1]; else idle[$1] }
    END { for (session in idle) if (!(session in stays)) print session pids[session] }' |
    while read -r session pids; do
      printf 'hipaa-redis: nothing was typed in session %s for %s minutes: it ends.\n' "$session" "$1" >&2
      echo "$pids" | xargs kill -KILL || :
    done
done
