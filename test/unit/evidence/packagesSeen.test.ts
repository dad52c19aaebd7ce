import assert from "node:assert/strict";
import { packagesSeen, packagesShown } from "../../../src/evidence/packagesSeen.js";
import { replicated } from "../../support/sample.js";
import { evidenceOfAws, looksAtNodes } from "./heldRecord.js";

describe("the versions of nodes' packages", () => {
  const installed = (redis: string): string => `jq 1.6-2.1 installed redis-server ${redis} installed`;
  const [older, newer] = ["5:7.0.15-1~deb12u9", "5:7.0.15-1~deb12u10"];

  it("are those that were found when each node was looked at last", () => {
    const { lookedAt, assessed } = looksAtNodes(evidenceOfAws(), packagesShown);
    const early = lookedAt(0, installed(older), "2026-11-10T00:00:00.000Z");
    const late = lookedAt(0, installed(newer), "2026-11-20T00:00:00.000Z");
    assert.deepEqual(
      [...packagesSeen(assessed(late, early))],
      [
        ["jq", "1.6-2.1 (sessions-0 on 2026-11-20)"],
        ["redis-server", `${newer} (sessions-0 on 2026-11-20)`],
      ],
    );
  });

  it("are those of each node where they differ, and none of a node that nobody has looked at", () => {
    const { lookedAt, assessed } = looksAtNodes(evidenceOfAws(replicated()), packagesShown);
    const seen = packagesSeen(assessed(lookedAt(0, installed(older)), lookedAt(2, installed(newer))));
    assert.equal(seen.get("redis-server"), `${older} (sessions-0 on 2026-11-20); ${newer} (sessions-2 on 2026-11-20)`);
    assert.equal(seen.get("jq"), "1.6-2.1 (sessions-0 on 2026-11-20, sessions-2 on 2026-11-20)");
    assert.deepEqual([...packagesSeen(assessed())], []);
  });
});
