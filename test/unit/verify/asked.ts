import { createHash } from "node:crypto";

/** Commands that a script is asked to run, with a challenge, and the header of its results. */
export const commands = ["echo one", "echo two"];
export const challenge = { date: new Date("2026-11-26T12:00:00Z"), nonce: "0123456789abcdef".repeat(2) };
export const challengeLine = "# Printed 2026-11-26T12:00:00.000Z, challenge 0123456789abcdef0123456789abcdef.";
const digest = createHash("sha256").update(`${challengeLine}\necho one\necho two`).digest("hex");
export const header = `pulumi-hipaa-redis-results ${digest}`;
