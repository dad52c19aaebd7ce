/** What AWS's and Pulumi's providers fill in before a resource is made, where a component gives nothing; elsewhere it is empty or false. */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "aws:ec2/flowLog:FlowLog": { logDestinationType: "cloud-watch-logs" },
  "aws:ec2/instance:Instance": { sourceDestCheck: true },
  "aws:ec2/natGateway:NatGateway": { connectivityType: "public", availabilityMode: "zonal" },
  "aws:ec2/networkInterface:NetworkInterface": { sourceDestCheck: true },
  "aws:iam/role:Role": { path: "/", maxSessionDuration: 3600 },
  "aws:kms/key:Key": {
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    keyUsage: "ENCRYPT_DECRYPT",
    isEnabled: true,
  },
  "random:index/randomPassword:RandomPassword": { lower: true, upper: true, number: true, numeric: true },
  "tls:index/privateKey:PrivateKey": { rsaBits: 2048 },
};

/** Whether a value says no more than what is there without it. */
export function isFilledIn(type: string, path: string, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  const wanted = defaults[type]?.[path];
  if (wanted !== undefined) return value === wanted;
  return value === false || value === 0 || value === "";
}
