/** What an application's role is called in the program. No component's name has a dot, so that it is never another one's. */
export function appRoleName(client: string): string {
  return `${client}.app`;
}

/** What one of its policies is called, which are the caller's own. */
export function appPolicyName(client: string, policy: string): string {
  return `${appRoleName(client)}.${policy}`;
}

/** Whether a policy that a client has made is one of these. */
export function isAppPolicyName(name: string): boolean {
  return name.includes(".app.");
}
