#!/bin/sh
# Fetches this host's secret with the host's own role and lays out the files that are made of it, in memory only.
# Everything is fetched and found whole before the first file is replaced. No value is ever printed.
#
#   HIPAA_REDIS_SECRET_ARN    the secret in AWS Secrets Manager: a JSON object of strings
#   HIPAA_REDIS_SECRET_FILES  a table, a row a file: field path owner group mode
#   AWS_REGION                the secret's region
set -eu
umask 077

fail() {
  printf 'hipaa-redis: %s Nothing is started; trying again soon.\n' "$1" >&2
  exit 1
}

staging=$(mktemp -d /run/hipaa-redis/staging.XXXXXXXX)
trap 'rm -rf "$staging"' EXIT

export AWS_EC2_METADATA_V1_DISABLED=true AWS_METADATA_SERVICE_TIMEOUT=5 AWS_METADATA_SERVICE_NUM_ATTEMPTS=3
aws secretsmanager get-secret-value --region "$AWS_REGION" --secret-id "$HIPAA_REDIS_SECRET_ARN" \
  --cli-connect-timeout 10 --cli-read-timeout 20 >"$staging/answer" ||
  fail "Cannot read the secret $HIPAA_REDIS_SECRET_ARN: see the line above; check the role, the key policy and the way to Secrets Manager."
jq -e '.SecretString | fromjson | objects' "$staging/answer" >"$staging/secret" 2>/dev/null ||
  fail "The secret $HIPAA_REDIS_SECRET_ARN is no JSON object."

while read -r field _; do
  jq -er --arg field "$field" '.[$field] | strings | select(. != "")' "$staging/secret" \
    >"$staging/field.$field" 2>/dev/null ||
    fail "The secret $HIPAA_REDIS_SECRET_ARN has no field '$field'."
done <"$HIPAA_REDIS_SECRET_FILES"

while read -r field path owner group mode; do
  install -o "$owner" -g "$group" -m "$mode" "$staging/field.$field" "$path.new"
  mv -f "$path.new" "$path"
done <"$HIPAA_REDIS_SECRET_FILES"

printf 'hipaa-redis: version %s of the secret is in place.\n' "$(jq -r .VersionId "$staging/answer")"
