#!/bin/sh
# Takes the application's AWS role with the host's own, and puts the credentials, in memory, where the application's user
# alone reads them, as a credential_process prints them (AWS SDKs and Tools Reference Guide, "Process credential provider").
# They are whole before they take the place of those that are there. Whatever fails, those stay, and an alarm is raised. No
# credential is ever printed.
#
#   HIPAA_REDIS_APP_ROLE_ARN  the role
#   HIPAA_REDIS_APP_USER      the Unix user, whose group may read them
#   AWS_REGION                whose STS is asked
set -eu
umask 077

folder=/run/hipaa-redis/app
role=$HIPAA_REDIS_APP_ROLE_ARN

alarm() {
  text="$1 The credentials that are there stay until they end; trying again soon."
  printf 'hipaa-redis: %s\n' "$text" >&2
  "$(dirname "$0")/raise-alarm" "$text"
  exit 1
}

# What a run that was killed has left.
rm -rf "$folder"/new.*
new=$(mktemp -d "$folder/new.XXXXXXXX")
trap 'rm -rf "$new"' EXIT

# The session's name, by which CloudTrail tells hosts apart: at most 64 characters.
session=$(printf 'app-%s' "$(hostname)" | tr -cd 'A-Za-z0-9.-' | cut -c1-64)
export AWS_METADATA_SERVICE_TIMEOUT=5 AWS_METADATA_SERVICE_NUM_ATTEMPTS=3
# A role that is taken with another one's credentials lasts an hour at most (IAM User Guide, "Role chaining").
aws sts assume-role --region "$AWS_REGION" --role-arn "$role" --role-session-name "$session" --duration-seconds 3600 \
  --cli-connect-timeout 10 --cli-read-timeout 20 --output json >"$new/answer" ||
  alarm "Cannot take the application's role $role: see the line above; check that it trusts this host's role, and the way to STS."

jq -en 'input.Credentials | {Version: 1, AccessKeyId, SecretAccessKey, SessionToken, Expiration}
  | select([.AccessKeyId, .SecretAccessKey, .SessionToken, .Expiration] | all(type == "string" and . != ""))' \
  "$new/answer" >"$new/made" 2>/dev/null ||
  alarm "STS gave no credentials for the application's role $role."

install -g "$HIPAA_REDIS_APP_USER" -m 0440 "$new/made" "$new/credentials.json"
mv -fT "$new/credentials.json" "$folder/credentials.json"
printf 'hipaa-redis: the application has credentials of its role until %s\n' "$(jq -r .Expiration "$folder/credentials.json")"
