import type { ExecResult, StartedHost } from "../hosts/index.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { redisPort } from "../../src/plan/ports.js";

/** Signs in and pings through the host's tunnel; succeeds if the answer is PONG. The password is on no command line. */
const ping = `
exec 3<>/dev/tcp/127.0.0.1/${redisPort}
printf 'AUTH web %s\\r\\nPING\\r\\n' "$(<${hostPaths.password})" >&3
read -r -t 2 signedIn <&3
read -r -t 2 answer <&3
[ "$answer" = $'+PONG\\r' ] && echo PONG`;

const pingUntilPong = `
until [ -e ${hostPaths.password} ]; do sleep 0.05; done
until setpriv --reuid="$1" --regid="$1" --init-groups -- bash -c "$0" 2>/dev/null; do sleep 0.05; done`;

/** Pings once as the application does: `PONG`, and exit code 0, or whatever kept it from coming. */
export function pong(appHost: StartedHost, user = "web"): Promise<ExecResult> {
  return appHost.exec(["bash", "-c", ping], { user });
}

/** Waits, from the machine's start on, until the application's first PONG comes through the tunnel. */
export async function firstPong(appHost: StartedHost, timeoutMs: number, user = "web"): Promise<void> {
  const { exitCode, stderr } = await appHost.exec(["bash", "-c", pingUntilPong, ping, user], { timeoutMs });
  if (exitCode !== 0) throw new Error(`No PONG on ${appHost.name} after ${timeoutMs / 1000} s: ${stderr}`);
}
