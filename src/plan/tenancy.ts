/**
 * Of the T instances, T3 alone can be Dedicated Instances (EC2 User Guide, "Burstable performance instances", "Supported purchasing
 * options for T instances", as of 2026-11). AWS refuses the others when they are launched: "The requested configuration is currently not
 * supported."
 */
const neverDedicated = /^(t1|t2|t3a|t4g)\./;

/** They run macOS alone, on Dedicated Hosts alone (EC2 User Guide, "Amazon EC2 Mac instances"). */
const ofApple = /^mac(\d|-)/;

/** Whether an instance type runs no Linux. */
export function runsMacOsAlone(instanceType: string): boolean {
  return ofApple.test(instanceType);
}

/** Whether AWS offers an instance type with dedicated tenancy. */
export function mayBeDedicated(instanceType: string): boolean {
  return !neverDedicated.test(instanceType);
}
