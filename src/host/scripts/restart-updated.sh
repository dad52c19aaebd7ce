#!/bin/sh
# Restarts every running service whose program, or a library that it uses, an update has replaced: it would go on with
# the old, vulnerable code. Connections of operators live on; Redis begins empty.
set -eu

systemctl list-units --type=service --state=running --plain --no-legend | while read -r unit _; do
  pid=$(systemctl show --property=MainPID --value "$unit")
  grep -Eqs ' r-xp .* /usr/.* \(deleted\)$' "/proc/$pid/maps" || continue
  case $unit in
    # Everything hangs on it, and it doesn't listen to the network.
    dbus.service) continue ;;
  esac
  printf 'hipaa-redis: restarting %s, whose code was updated.\n' "$unit"
  systemctl restart "$unit"
done
