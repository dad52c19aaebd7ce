import assert from "node:assert/strict";
import { parse } from "yaml";
import { cloudConfigText } from "../../../src/host/cloudConfig.js";

describe("cloud-config", () => {
  it("keeps a text a text for cloud-init, which reads YAML 1.1", () => {
    const names = ["no", "on", "y", "null", "1e3", "12:30"];
    const text = cloudConfigText({ users: names.map((name) => ({ name, lock_passwd: true })) });
    const { users } = parse(text, { version: "1.1" }) as { users: { name: unknown }[] };
    assert.deepEqual(
      users.map(({ name }) => name),
      names,
    );
  });
});
