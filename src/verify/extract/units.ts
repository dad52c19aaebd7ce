import type { Said } from "./entry";

/** What the host's agent tells as root (src/host/scripts): its alarms, and how many wrong passwords Redis has refused. */
export function agentSaid(line: string): Said | undefined {
  const alarm = /^hipaa-redis: alarm: (.*)$/.exec(line)?.[1];
  if (alarm !== undefined) return { kind: "failure", who: "agent", from: "", what: `alarm: ${alarm}` };
  const count = /^hipaa-redis: (\d+) wrong passwords were refused since the last look/.exec(line)?.[1];
  if (count === undefined) return undefined;
  return {
    kind: "refusal",
    who: "",
    from: "",
    what: `Redis refused ${count} wrong passwords since the agent's last look`,
  };
}

/** A unit that has failed, by systemd itself. */
export function unitSaid(line: string): Said | undefined {
  const { unit, why = "" } =
    /^(?<unit>[A-Za-z0-9:_.@\\-]+): Failed with result '(?<why>[a-z-]+)'\.$/.exec(line)?.groups ?? {};
  return unit === undefined ? undefined : { kind: "failure", who: unit, from: "", what: `failed: ${why}` };
}
