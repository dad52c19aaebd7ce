#!/bin/sh
# Makes an AMI with the packages of a cache's node and of an app host in it, and prints the AMI's id.
# Usage: make-image.sh <subnet id> [<instance type>]
# The subnet must have a way out to Debian's mirrors; the instance type decides the architecture (m6i: amd64, m7g: arm64).
set -eu

subnet=${1:?give the id of a subnet with a way out to the mirrors}
type=${2:-m6i.large}
folder=$(cd "$(dirname "$0")" && pwd)

architecture=$(aws ec2 describe-instance-types --instance-types "$type" --output text \
  --query 'InstanceTypes[0].ProcessorInfo.SupportedArchitectures[-1]')
# 136693071363 is Debian's own account.
base=$(aws ec2 describe-images --owners 136693071363 --output text \
  --filters 'Name=name,Values=debian-12-*' "Name=architecture,Values=$architecture" \
  --query 'sort_by(Images, &CreationDate)[-1].ImageId')

user_data=$(mktemp)
instance=
clean_up() {
  rm -f "$user_data"
  if [ -n "$instance" ]; then
    aws ec2 terminate-instances --instance-ids "$instance" >/dev/null
  fi
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

npx tsx "$folder/printCloudConfig.ts" >"$user_data"
instance=$(aws ec2 run-instances --image-id "$base" --instance-type "$type" --subnet-id "$subnet" \
  --user-data "file://$user_data" --metadata-options HttpTokens=required \
  --instance-initiated-shutdown-behavior stop --query 'Instances[0].InstanceId' --output text)

# It turns itself off when every package is there. One that lacks any stays on, and this fails after ten minutes.
aws ec2 wait instance-stopped --instance-ids "$instance"
image=$(aws ec2 create-image --instance-id "$instance" --name "hipaa-redis-$(date -u +%Y%m%d%H%M%S)" \
  --query ImageId --output text)
aws ec2 wait image-available --image-ids "$image"
echo "$image"
