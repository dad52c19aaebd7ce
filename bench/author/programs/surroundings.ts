/** What is there already, the same for both programs. */
export const surroundings = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  vpcCidrBlock: "10.0.0.0/16",
  natGatewayId: "nat-0a1b2c3d4e5f60718",
  availabilityZone: "us-east-1a",
  appCidrBlock: "10.0.16.0/20",
  bastionCidrBlock: "10.0.0.0/28",
  operator: {
    name: "ada",
    sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINkGF70cacsTQYUePn10lUh5viMMJdnN2RI/ykfRCNNd",
  },
};

/** The network of the nth cache. */
export function cacheCidrBlock(index: number): string {
  return `${address(index, 0)}/28`;
}

/** The nth cache's one address. */
export function cacheAddress(index: number): string {
  return address(index, 4);
}

function address(index: number, host: number): string {
  const offset = index * 16 + host;
  return `10.0.${100 + Math.floor(offset / 256)}.${offset % 256}`;
}
