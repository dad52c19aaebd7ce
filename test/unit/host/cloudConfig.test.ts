import assert from "node:assert/strict";
import { parse } from "yaml";
import { cloudConfigText } from "../../../src/host/cloudConfig.js";

describe("cloud-config", () => {
  it("begins with the word by which cloud-init knows it, and never breaks a line", () => {
    const content = `${"word ".repeat(40)}end\n`;
    assert.equal(
      cloudConfigText({
        write_files: [{ path: "/a", content, permissions: "0644" }],
        runcmd: [["b", "c d"]],
      }),
      `#cloud-config\nwrite_files:\n  - path: /a\n    content: |\n      ${content}    permissions: "0644"\nruncmd:\n  - - b\n    - c d\n`,
    );
  });

  it("quotes strings that cloud-init, which reads YAML 1.1, would take for something else", () => {
    const names = ["no", "on", "y", "null", "1e3", "12:30"];
    const text = cloudConfigText({ users: names.map((name) => ({ name, lock_passwd: true })) });
    const { users } = parse(text, { version: "1.1" }) as { users: { name: unknown }[] };
    assert.deepEqual(
      users.map(({ name }) => name),
      names,
    );
  });
});
