import assert from "node:assert/strict";
import type { Found, FoundAttack } from "../../hosts/attacks/found.js";
import { attacksPage } from "../../hosts/attacks/page.js";
import { attacksPicture } from "../../hosts/attacks/picture.js";

const attack: FoundAttack = {
  who: "Redis, taken over,",
  from: "the node",
  what: "read a|b",
  tunnel: "either",
  cameBack: "`denied`",
  refused: true,
  controlCase: { what: "as root", succeeded: true },
};
const found = (attacks: readonly FoundAttack[], tunnels = ["haproxy"]): Found => ({
  suites: [{ title: "In the cache's place, it's <shut>", attacks }],
  forged: [{ path: "name", isMeant: true }],
  tunnels,
  figures: [{ name: "password guesses a second", values: tunnels.map(() => "1000") }],
});

describe("the page of the attacks", () => {
  it("has each attack in its suite's fold, with what came back and its control case", () => {
    const page = attacksPage(found([attack, { ...attack, from: "the app host", tunnel: "each" }]));
    assert.ok(page.includes("<summary>2 attacks, 2 refused; 2 control cases succeed</summary>"));
    const item = "- **Redis, taken over** (the node): read a|b\n  - refused, with either tunnel; came back: `denied`\n";
    assert.ok(page.includes(`${item}  - control case: as root: succeeds\n`));
    assert.ok(page.includes("refused, with each tunnel"));
    assert.ok(page.includes("| [In the cache's place, it's <shut>](#in-the-caches-place-its-shut) | 2 | 2 | 2 |"));
  });

  it("says which attack came through and which control case failed, and counts neither", () => {
    const controlCase = { ...attack.controlCase, succeeded: false };
    const page = attacksPage(found([attack, { ...attack, refused: false }, { ...attack, controlCase }]));
    assert.ok(page.includes("**2 were refused.**"));
    assert.ok(page.includes("**NOT REFUSED**"));
    assert.ok(page.includes("control case: as root: **FAILS**"));
    assert.ok(page.includes("| **all** | **3** | **2** | **2** |"));
  });

  it("is the same, but for a column of figures, from a run of one engine and from one of both", () => {
    const [one, both] = [["haproxy"], ["stunnel", "haproxy"]].map((tunnels) => attacksPage(found([attack], tunnels)));
    assert.equal(one, both?.replace("|  | stunnel | haproxy |\n| --- |", "|  | haproxy |\n|").replace(" 1000 |", ""));
  });
});

describe("the picture of the attacks", () => {
  it("has the places by their number of attacks, and who attacks from there", () => {
    const picture = attacksPicture(
      found([attack, ...["a", "b"].map((who) => ({ ...attack, who, from: "afar & up" }))]),
    );
    assert.deepEqual(
      [...picture.matchAll(/<text class="(?:title|count)"[^>]*>([^<]*)</g)].map(([, text]) => text),
      ["From afar &amp; up", "2", "From the node", "1", "The cache and its hosts"],
    );
    assert.ok(picture.includes(">Redis, taken over: 1<"));
  });

  it("lets what came through pass the wall, and says so", () => {
    assert.ok(attacksPicture(found([{ ...attack, refused: false }])).includes(">1, 1 NOT refused<"));
    assert.ok(!attacksPicture(found([attack])).includes("NOT refused"));
  });
});
