import assert from "node:assert/strict";
import { committed, renderedHosts } from "../../support/rendered.js";

/** After a change that is meant: `node --import tsx test/support/writeRendered.ts`, and read the diff. */
describe("what a host is told by its user data, as it is committed in test/data/rendered", () => {
  for (const [host, files] of renderedHosts()) {
    it(`of ${host} is these files`, () => {
      assert.deepEqual([...files.keys()].sort(), [...committed(host).keys()].sort());
    });

    for (const [path, content] of files) {
      it(`of ${host}: ${path}`, () => {
        assert.equal(content, committed(host).get(path));
      });
    }
  }
});
