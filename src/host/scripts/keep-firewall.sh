#!/bin/sh
# Lays the host's firewall again where what is in force is not what was laid down, as after `nft flush ruleset`, and raises an
# alarm. Where it can't, the tunnel is stopped until it can: a wall that is not there keeps nobody out.
set -eu

rules=/etc/hipaa-redis/nftables.conf
stopped=/run/hipaa-redis/stopped-without-firewall
tunnel=hipaa-redis-tunnel.service
listed='nft --stateless --terse list table inet hipaa_redis'

let_the_tunnel_run() {
  rm -f "$stopped"
  systemctl start --no-block "$tunnel"
}

# Loaded where no packet passes, it is listed as the kernel would list it here.
laid=$(unshare --net sh -c "nft --file $rules && $listed") || laid=''
if [ -n "$laid" ] && [ "$($listed 2>/dev/null)" = "$laid" ]; then
  [ ! -e "$stopped" ] || let_the_tunnel_run
  exit 0
fi

text='The firewall in force was not the one that was laid down'
if [ -n "$laid" ] && systemctl reload-or-restart hipaa-redis-firewall.service && [ "$($listed)" = "$laid" ]; then
  text="$text: it is laid again."
  # At a boot without a firewall systemd gives up what needs one: the tunnel wants all the rest.
  let_the_tunnel_run
else
  text="$text, and can't be laid again: see the lines above. The tunnel is stopped until it can."
  : >"$stopped"
  systemctl stop "$tunnel" || true
fi
printf 'hipaa-redis: %s\n' "$text" >&2
"$(dirname "$0")/raise-alarm" "$text"
exit 1
