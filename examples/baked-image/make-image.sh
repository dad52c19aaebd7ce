#!/bin/sh
# Makes an AMI with the packages of a cache's node and of an app host in it, and prints the AMI's id.
# Usage: make-image.sh <subnet id> [<instance type> [<operating system>]]
# The subnet must have a way out to Debian's mirrors; the instance type decides the architecture (m6i: amd64, m7g: arm64); the operating
# system is debian-13 or debian-12, as the cache and its clients name it.
set -eu

subnet=${1:?give the id of a subnet with a way out to the mirrors}
type=${2:-m6i.large}
system=${3:-debian-13}
folder=$(cd "$(dirname "$0")" && pwd)

user_data=$(mktemp)
instance=
group=
clean_up() {
  rm -f "$user_data"
  if [ -n "$instance" ]; then
    aws ec2 terminate-instances --instance-ids "$instance" >/dev/null
    # A security group can't go before what is in it.
    aws ec2 wait instance-terminated --instance-ids "$instance"
  fi
  if [ -n "$group" ]; then
    aws ec2 delete-security-group --group-id "$group" >/dev/null
  fi
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

architecture=$(aws ec2 describe-instance-types --instance-types "$type" --output text \
  --query 'InstanceTypes[0].ProcessorInfo.SupportedArchitectures[-1]')
case $architecture in
x86_64) debian=amd64 ;;
*) debian=$architecture ;;
esac
# Debian's own account and names, as the library looks for them where it is given no image.
base=$(aws ec2 describe-images --owners 136693071363 --output text \
  --filters "Name=name,Values=$system-$debian-*" "Name=architecture,Values=$architecture" \
  --query 'sort_by(Images, &CreationDate)[-1].ImageId')
npx tsx "$folder/printCloudConfig.ts" "$system" >"$user_data"

# A group of its own: the VPC's default group lets nothing out where HipaaNetwork has made the VPC. A new group lets
# everything out and nothing in.
vpc=$(aws ec2 describe-subnets --subnet-ids "$subnet" --query 'Subnets[0].VpcId' --output text)
group=$(aws ec2 create-security-group --group-name "hipaa-redis-image-$(date -u +%Y%m%d%H%M%S)" --vpc-id "$vpc" \
  --description 'Makes an image with the packages of a HIPAA Redis cache' --query GroupId --output text)
instance=$(aws ec2 run-instances --image-id "$base" --instance-type "$type" --subnet-id "$subnet" \
  --security-group-ids "$group" --user-data "file://$user_data" --metadata-options HttpTokens=required \
  --instance-initiated-shutdown-behavior stop --query 'Instances[0].InstanceId' --output text)

# It turns itself off when every package is there. One that lacks any stays on, and this fails after ten minutes.
aws ec2 wait instance-stopped --instance-ids "$instance"
image=$(aws ec2 create-image --instance-id "$instance" --name "hipaa-redis-$(date -u +%Y%m%d%H%M%S)" \
  --query ImageId --output text)
aws ec2 wait image-available --image-ids "$image"
echo "$image"
