#!/bin/sh
# Waits until the packages that it is given are installed. cloud-init tries once, before this runs; here it is asked again, with new
# lists, for all packages of the host's user data, until they are there or systemd ends the unit (TimeoutStartSec).
set -u

wait_seconds=5
most_wait_seconds=60
tried=''
lacks=''

missing() {
  for name in "$@"; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$name" 2>/dev/null)
    [ "$state" = installed ] || printf ' %s' "$name"
  done
}

# A restart for a new kernel, which cloud-init can be told to make, would leave the rest of its scripts undone: not from here.
stay=/run/hipaa-redis-stay.cfg
printf 'package_reboot_if_required: false\napt_reboot_if_required: false\n' >$stay

# Where apt was cut off, dpkg wants to end its work first.
try() {
  dpkg --configure --pending &&
    apt-get update --quiet --option APT::Update::Error-Mode=any &&
    cloud-init single --file $stay --name package_update_upgrade_install --frequency always
}

give_up() {
  printf 'hipaa-redis: gave up, not installed:%s. Nothing is started: see the lines above, then reboot or replace this host.\n' "$lacks" >&2
  exit 1
}
trap give_up TERM

while lacks=$(missing "$@") && [ -n "$lacks" ]; do
  if [ -n "$tried" ]; then
    sleep "$wait_seconds"
    wait_seconds=$((wait_seconds * 2))
    [ "$wait_seconds" -le "$most_wait_seconds" ] || wait_seconds=$most_wait_seconds
  fi
  tried=yes
  printf 'hipaa-redis: not installed:%s. Trying again.\n' "$lacks" >&2
  try
done

# At a later boot, what needs them has failed before they came.
[ -z "$tried" ] || systemctl start --no-block hipaa-redis-secrets.service
