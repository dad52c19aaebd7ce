#!/bin/sh
# Reports how this node does, for as long as it runs, in the parameter that its role alone may write: `pulumi up`, which changes nodes one
# after the other, reads it there. Only what has changed, or is old, is reported: the AWS CLI takes a second of CPU.
#
#   $1                      every how many seconds it looks
#   $2                      every how many it reports what has not changed
#   HIPAA_REDIS_SECRET_ARN  by which the parameter is named
#   AWS_REGION              the parameter's region
set -eu

metadata=http://169.254.169.254/latest
last=''
while sleep "$1"; do
  # In Redis's own words, without the offsets, which change all the time.
  found=$(echo 'INFO replication' | "$(dirname "$0")/ask-redis" 2>/dev/null | tr -d '\r' |
    sed -nE 's/,offset.*//;s/^(role|master_link_status|master_sync_in_progress|slave[0-9]):/&/p')
  # Why it does not answer, where it is too old to be started.
  found=$(printf '%s\n' "$found" && cat /run/hipaa-redis/start/too-old 2>/dev/null) || :
  found=$(printf '%s\n' "$found" && "$(dirname "$0")/cluster-health" 2>/dev/null) || : # cluster
  turn=$(($(date +%s) / $2))
  [ "$found $turn" != "$last" ] || continue
  token=$(curl -sSf --max-time 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/api/token")
  report=$(curl -sSf --max-time 5 -H "X-aws-ec2-metadata-token: $token" "$metadata/dynamic/instance-identity/document" |
    jq -c --arg found "$found" '{schemaVersion: 1, instanceId, instanceType, replication: $found, time: (now | todate)}')
  aws ssm put-parameter --region "$AWS_REGION" --name "/hipaa-redis/${HIPAA_REDIS_SECRET_ARN##*:}" --overwrite --value "$report" >/dev/null
  last="$found $turn"
done
