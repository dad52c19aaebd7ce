/** The inputs of a component's resources that are its user's to change by a transform; all others are held. */
export const freeInputs: Readonly<Record<string, readonly string[]>> = {
  // Names and texts, and the region, which the provider itself fills in.
  "*": ["tags", "tagsAll", "name", "namePrefix", "description", "region"],
  "aws:ec2/flowLog:FlowLog": ["maxAggregationInterval"],
  "aws:ec2/instance:Instance": [
    "instanceType",
    "ebsOptimized",
    "volumeTags",
    "disableApiStop",
    "disableApiTermination",
    ...["volumeSize", "volumeType", "iops", "throughput", "tags", "tagsAll"].map((name) => `rootBlockDevice.${name}`),
  ],
  "aws:iam/instanceProfile:InstanceProfile": ["path"],
  // A boundary takes rights away, and gives none.
  "aws:iam/role:Role": ["permissionsBoundary"],
  "aws:kms/key:Key": ["deletionWindowInDays"],
  "aws:secretsmanager/secret:Secret": ["recoveryWindowInDays"],
};

/** Whether an input, such as `rootBlockDevice.volumeSize`, is free. What the engine keeps for itself is nobody's input. */
export function isFree(type: string, path: string): boolean {
  if (path.split(".").some((name) => name.startsWith("__"))) return true;
  return [...(freeInputs["*"] ?? []), ...(freeInputs[type] ?? [])].some((free) => isAt(path, free));
}

/** Whether a path is another one, or inside it. */
export function isAt(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`);
}
