#!/bin/sh
# Has Redis begin anew, empty as a cache may be, with the users and settings that its files have now, and raises an alarm.
#
#   $1  what is wrong with it
set -eu

unit=hipaa-redis-server.service
# Documented in docs/rotation.md: journalctl MESSAGE_ID=…
logger --journald <<END
MESSAGE_ID=6f1f0b5c4a3c4d0f9d1c2a7b58e3a9d4
PRIORITY=2
SYSLOG_IDENTIFIER=hipaa-redis
MESSAGE=hipaa-redis: alarm: $1 It begins anew, empty.
END
# It saves nothing, and one that is busy would not hear of a stop that is asked for.
systemctl kill --signal=KILL "$unit"
# Waits until it is ready, as systemd's own restart would not.
systemctl restart "$unit"
