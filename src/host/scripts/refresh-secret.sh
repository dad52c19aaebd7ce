#!/bin/sh
# Fetches this host's secret with the host's own role and lays out the files that are made of it, in memory only. A new
# version is found whole before it takes the place of the one in use, all of its files at once; whatever fails, the one
# in use stays, and an alarm is raised. No value is ever printed.
#
#   $1                        boot: nothing is in use yet; refresh: tell those who use what has changed
#   HIPAA_REDIS_SECRET_ARN    the secret in AWS Secrets Manager: a JSON object of strings
#   HIPAA_REDIS_SECRET_FILES  a table, a row a file: field file owner group mode user line
#   AWS_REGION                the secret's region
#   HIPAA_REDIS_CODENAME      the release of Debian that this host's files are for
set -eu
umask 077

mode=$1
run=/run/hipaa-redis
scripts=$(dirname "$0")
in_use=$run/secret
table=$HIPAA_REDIS_SECRET_FILES

consequence='What was there stays in use.'
[ "$mode" = refresh ] || consequence='Nothing is started; trying again soon.'

# What the agent last did and found, for whoever asks. $1: the alarm, or nothing
report() {
  version='' ends=''
  if [ -e "$in_use/certificate.pem" ]; then
    version=$(version_in_use)
    ends=$(openssl x509 -noout -enddate -dateopt iso_8601 -in "$in_use/certificate.pem" | cut -d= -f2)
  fi
  jq -n --arg checked "$(date -u '+%F %TZ')" --arg version "$version" --arg ends "$ends" --arg alarm "$1" \
    '{schemaVersion: 1, checked: $checked, version: $version, certificateEnds: $ends,
      alarm: (if $alarm == "" then null else $alarm end)}' \
    >"$run/status.new"
  chmod 0644 "$run/status.new"
  mv "$run/status.new" "$run/status.json"
}

alarm() {
  text="$1 $consequence"
  printf 'hipaa-redis: %s\n' "$text" >&2
  "$scripts/raise-alarm" "$text"
  report "$text"
  exit 1
}

# A version's folder has a random ending, so that the same version can be laid out anew.
version_in_use() {
  name=$(basename "$(readlink "$in_use")")
  printf '%s\n' "${name%.*}"
}

fetch() {
  # Debian 12's AWS CLI (2.9) knows no setting that keeps it from version 1 of the metadata service: the instance's own must.
  export AWS_METADATA_SERVICE_TIMEOUT=5 AWS_METADATA_SERVICE_NUM_ATTEMPTS=3
  aws secretsmanager get-secret-value --region "$AWS_REGION" --secret-id "$HIPAA_REDIS_SECRET_ARN" \
    --cli-connect-timeout 10 --cli-read-timeout 20 >"$staging/answer" ||
    alarm "Cannot read the secret $HIPAA_REDIS_SECRET_ARN: see the line above; check the role, the key policy and the way to Secrets Manager."
  version=$(jq -er '.VersionId | strings' "$staging/answer" 2>/dev/null | grep -xE '[A-Za-z0-9-]{1,64}') ||
    alarm "The secret $HIPAA_REDIS_SECRET_ARN came without a version."
}

# The fields come all at once, a line each, as base64: jq takes longer to start than to do anything else here.
lay_out() {
  jq -er --arg fields "$(cut -d' ' -f1 "$table")" '(.SecretString | fromjson | objects) as $secret
    | [($fields | split("\n"))[] as $field | $secret[$field] | strings | rtrimstr("\n") | select(. != "")
      | "\($field) \(. + "\n" | @base64)"] | join("\n")' "$staging/answer" >"$staging/fields" 2>/dev/null ||
    alarm "Version $version of the secret $HIPAA_REDIS_SECRET_ARN is no JSON object."
  while read -r field file owner group mode_bits _; do
    sed -n "s/^$field //p" "$staging/fields" | base64 -d >"$staging/field"
    [ -s "$staging/field" ] ||
      alarm "Version $version of the secret $HIPAA_REDIS_SECRET_ARN has no field '$field'."
    install -d -m 0755 "$(dirname "$new/$file")"
    install -o "$owner" -g "$group" -m "$mode_bits" "$staging/field" "$new/$file"
  done <"$table"
}

# The files that differ from those in use; all of them when those in use have not been taken by everyone yet.
changed_files() {
  while read -r _ file _ _ _ user _; do
    [ -e "$in_use/taken" ] && cmp -s "$in_use/$file" "$new/$file" || printf '%s %s\n' "$user" "$file"
  done <"$table"
}

# All files of a version at once. $1: its folder
switch_to() {
  ln -sfn "$1" "$run/secret.new"
  mv -fT "$run/secret.new" "$in_use"
  # An application's own is replaced in the folder that may be mounted into its container: nothing there leads out of it.
  [ -e "$1/password" ] || return 0
  cp -p "$1/password" "$run/password.new"
  mv -fT "$run/password.new" "$run/client/password"
  # Its nodes come and go.
  [ -e "$1/connection.json" ] || return 0 # cluster
  cp -p "$1/connection.json" "$run/connection.new" # cluster
  mv -fT "$run/connection.new" "$run/client/connection.json" # cluster
}

# Has those who use the changed files take them, without a restart; a service that is down reads them at its start.
apply() {
  if grep -q '^redis ' "$staging/changed"; then "$scripts/apply-users" "$in_use/users.conf" || return 1; fi
  # A node with replicas has a Sentinel, which has the clients among its users as well.
  if [ -x "$scripts/apply-replication" ] && grep -qE '^(redis|replication) ' "$staging/changed"; then
    "$scripts/apply-replication" || return 1
  fi
  if grep -q '^tunnel ' "$staging/changed"; then systemctl try-reload-or-restart hipaa-redis-tunnel.service || return 1; fi
}

# Until the boot has brought the first version there is nothing to refresh.
[ "$mode" = boot ] || [ -e "$in_use" ] || exit 0

staging=$(mktemp -d "$run/staging.XXXXXXXX")
# For the scripts below as well: nothing goes to the disk.
export TMPDIR="$staging"
trap 'rm -rf "$staging"' EXIT

# What this release's programs would make of another one's settings is anyone's guess.
[ "$mode" = refresh ] || grep -qx "VERSION_CODENAME=$HIPAA_REDIS_CODENAME" /etc/os-release ||
  alarm "This host's files are for Debian's $HIPAA_REDIS_CODENAME, and it runs $(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release): give the operatingSystem of its image, or another image."
reason=$("$scripts/check-clock") || alarm "$reason"
fetch
if [ "$mode" = refresh ] && [ -e "$in_use/taken" ] && [ "$version" = "$(version_in_use)" ]; then
  reason=$("$scripts/check-life" "$in_use/certificate.pem") || alarm "$reason"
  report ''
  exit 0
fi

# Who may read a file finds it; nobody lists what there is.
install -d -m 0711 "$run/versions"
new=$(mktemp -d "$run/versions/$version.XXXXXXXX")
trap 'rm -rf "$staging" "$new"' EXIT
lay_out
chmod 0711 "$new"
[ ! -x "$scripts/lay-ways" ] || reason=$("$scripts/lay-ways" "$new") || # cluster
  alarm "Version $version of the secret $HIPAA_REDIS_SECRET_ARN is not taken: $reason" # cluster
reason=$("$scripts/check-secret" "$new") || alarm "Version $version of the secret $HIPAA_REDIS_SECRET_ARN is not taken: $reason"
# What Redis's users may do, and how whom the tunnel admits is written, follow from the programs that this node has, whatever other nodes run: the
# secret has names and hashes alone.
own=/etc/hipaa-redis/secret.sed
[ ! -e "$own" ] || sed -i -f "$own" "$new/users.conf" "$new"/admitted*/* ||
  alarm "Version $version of the secret could not be put to use: see the lines above."

changed_files >"$staging/changed"
before=$(readlink "$in_use" || true)
switch_to "$new"
if [ "$mode" = refresh ] && ! apply; then
  switch_to "$before"
  apply || true
  alarm "Version $version of the secret could not be put to use: see the lines above."
fi
: >"$new/taken"
trap 'rm -rf "$staging"' EXIT
find "$run/versions" -mindepth 1 -maxdepth 1 ! -path "$new" -exec rm -rf {} +

report ''
ends=$(openssl x509 -noout -enddate -dateopt iso_8601 -in "$in_use/certificate.pem" | cut -d= -f2)
printf 'hipaa-redis: version %s of the secret is in place: certificate valid until %s; changed: %s\n' \
  "$version" "$ends" "$(cut -d' ' -f2 "$staging/changed" | tr '\n' ' ')"
# At boot a certificate that ends soon is better than none; the next refresh says so.
[ "$mode" = boot ] || { reason=$("$scripts/check-life" "$in_use/certificate.pem") || alarm "$reason"; }
