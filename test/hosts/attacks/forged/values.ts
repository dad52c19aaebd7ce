import fc from "fast-check";
import type { ForgedArgument } from "./arguments.js";
import { runsOf } from "../../../support/dimensions.js";

/** What ends a line, a text, a list or a command somewhere, or begins something new. */
const payloads = [
  ..."\n \r \0 \u2028 \u0085 \u001b ' \" ` \\ ; # & | < > ( ) { } [ ] , : - ? * ! % @ $".split(" "),
  " ",
  "\t",
  ": ",
  " #",
  "- ",
  "$(id)",
  "`id`",
  "${IFS}",
  "%n",
  "{{ x }}",
  "../../etc/passwd",
  "--",
  "\r\n",
  "\nPermitRootLogin yes\n",
  "\n[evil]\naccept = 0.0.0.0:1\n",
  '\nrename-command CONFIG "CONFIG"\n',
  "\n    accept\n  }\n",
  ") verify none",
  " verify none",
  "\n#cloud-config\nruncmd: [id]\n",
  "\nExecStart=/bin/sh\n",
  "!!python/object:os.system id",
  "&a *a",
  "x: y",
  "root",
  "ALL=(ALL) ALL",
  "-oProxyCommand=id",
  "u root 0\n",
];

/** Any text, and what is nearly right: allowed texts with something put in. */
function forged({ marker, near }: ForgedArgument): fc.Arbitrary<string> {
  const payload = fc.constantFrom(...payloads);
  const broken = fc
    .tuple(fc.oneof(near, fc.constant(marker)), payload, fc.nat(40))
    .map(([text, inside, at]) => text.slice(0, at) + inside + text.slice(at));
  return fc.oneof(near, broken, payload, fc.string({ unit: "binary" }), fc.string());
}

/** Texts to try, the same for the same seed. */
export function forgedValues(argument: ForgedArgument, seed: number): string[] {
  return [...new Set(fc.sample(forged(argument), { seed, numRuns: runsOf(400) }))];
}
