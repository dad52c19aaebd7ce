import { AUTHORITATIVE_ANSWER, type Answer, type Packet } from "dns-packet";
import { awsAddress } from "../network/facts.js";

const nameError = 3;

/**
 * Answers a DNS query as Amazon's resolver would for the names that the lab has; every other name does not exist,
 * which is said at once, as a host that has to wait for its resolver boots slowly.
 */
export function resolve(query: Packet, names: Readonly<Record<string, string>>): Packet {
  const question = query.questions?.[0];
  const name = question?.name.toLowerCase() ?? "";
  const address = addressOf(name, names);
  const answers: Answer[] =
    question?.type === "A" && address !== undefined ? [{ type: "A", name: question.name, ttl: 60, data: address }] : [];
  return {
    id: query.id ?? 0,
    type: "response",
    flags: AUTHORITATIVE_ANSWER | (address === undefined ? nameError : 0),
    questions: query.questions ?? [],
    answers,
  };
}

function addressOf(name: string, names: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(names, name)) return names[name];
  if (name.endsWith(".amazonaws.com")) return awsAddress;
  const host = /^ip-(\d+)-(\d+)-(\d+)-(\d+)\.(ec2|[a-z0-9-]+\.compute)\.internal$/.exec(name);
  return host?.slice(1, 5).join(".");
}
