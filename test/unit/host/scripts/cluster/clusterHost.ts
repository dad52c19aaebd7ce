import { hostPaths } from "../../../../../src/host/hostPaths.js";
import type { ScriptName } from "../../../../../src/host/scripts.js";
import { ScriptHost, type Ended } from "../../../../support/scriptHost.js";
import { address, id, membersLines, nodesLines, three, type Nodes, type Place } from "./nodes.js";

/** The password of peers. */
export const password = "ab".repeat(16);

const largestValueBytes = 32 * 1024 ** 2;

/**
 * What nodes answer to one look, which ends with a pause. Who is left out is not there; who answers nothing stands still, and is no longer
 * waited for after two seconds.
 */
export type Round = Readonly<Partial<Record<Place, string>>>;

/** A node of a cluster, and what the others answer its scripts. */
export class ClusterHost extends ScriptHost {
  constructor() {
    super();
    this.write(`${hostPaths.runFolder}/secret/peer-password`, `${password}\n`);
    this.standIn("chown");
  }

  /** It is this node, and goes by this list. */
  is(self: Place, members: readonly Place[] = three): void {
    this.write(
      hostPaths.replicationEnvironment,
      `HIPAA_REDIS_SELF=${address(self)}\nHIPAA_REDIS_NODE_ID=${id(self)}\nHIPAA_REDIS_FORMS_AFTER_SECONDS=15\nHIPAA_REDIS_SETTLE_SECONDS=0\nHIPAA_REDIS_LARGEST_VALUE_BYTES=${largestValueBytes}\n`,
    );
    this.write(hostPaths.clusterMembers, membersLines(members));
  }

  /** Runs a script that reads what Redis says of the nodes. */
  decide(name: ScriptName, self: Place, nodes: Nodes, members = three): Ended {
    this.is(self, members);
    this.install(name);
    return this.run(name, [], {}, nodesLines(nodes));
  }

  /** What nodes answer from now on, to one look after the other; the last stays. */
  answering(...rounds: readonly Round[]): void {
    for (const [index, round] of rounds.entries())
      for (const [place, answer] of Object.entries(round))
        this.write(`/answers/${index}/${address(place as Place)}`, answer ?? "");
    this.write("/round", "");
    this.write("/told", "");
    const last = rounds.length - 1;
    const now = `$(wc -l <${this.path("/round")})`;
    const round = `$((${now} < ${last} ? ${now} : ${last}))`;
    this.standInScript(
      "ask-peer",
      `while read -r line; do echo "$1 $line"; done | grep -v ' INFO\\| CLUSTER INFO\\| CLUSTER NODES' >>${this.path("/told")}
file="${this.path("/answers")}/${round}/$1"; [ -e "$file" ] || exit 0; [ -s "$file" ] || exit 124; cat "$file"`,
    );
    this.standIn("sleep", `echo >>${this.path("/round")}`);
    // Each look takes a second.
    this.standIn("date", `echo $((1000 + $(wc -l <${this.path("/round")})))`);
  }

  /** Each command that was more than a question, with the address of whom it was told. */
  told(): string[] {
    return this.read("/told").split("\n").filter(Boolean);
  }
}
