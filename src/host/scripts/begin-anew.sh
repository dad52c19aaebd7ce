#!/bin/sh
# Has Redis begin anew, empty as a cache may be, with the users and settings that its files have now, and raises an alarm.
#
#   $1  what is wrong with it
set -eu

unit=hipaa-redis-server.service
"$(dirname "$0")/raise-alarm" "$1 It begins anew, empty."
# It saves nothing, and one that is busy would not hear of a stop that is asked for.
systemctl kill --signal=KILL "$unit"
# Waits until it is ready, as systemd's own restart would not.
systemctl restart "$unit"
