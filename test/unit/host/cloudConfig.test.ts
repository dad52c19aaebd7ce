import assert from "node:assert/strict";
import { parse } from "yaml";
import { cloudConfigText, type CloudConfig, type CloudFile } from "../../../src/host/cloudConfig.js";

describe("cloud-config", () => {
  it("begins with the word by which cloud-init knows it, and never breaks a line", () => {
    const content = `${"word ".repeat(40)}end\n`;
    assert.equal(
      cloudConfigText({
        write_files: [{ path: "/a", content, permissions: "0644" }],
        runcmd: [["b", "c d"]],
      }),
      `#cloud-config\nwrite_files:\n- path: /a\n  content: |\n    ${content}  permissions: "0644"\nruncmd:\n- - b\n  - c d\n`,
    );
  });

  it("has files in the order of their paths, and everything else in the order that it is given", () => {
    const file = (path: string): CloudFile => ({ path, content: "", permissions: "0644" });
    const text = cloudConfigText({
      users: ["b", "a"].map((name) => ({ name, lock_passwd: true })),
      write_files: ["/b/a", "/a/b", "/a-b", "/B", "/a/a"].map(file),
      runcmd: [["b"], ["a"]],
    });
    const { users, write_files: files, runcmd, ...others } = parse(text) as CloudConfig;
    assert.deepEqual(
      files?.map(({ path }) => path),
      ["/B", "/a-b", "/a/a", "/a/b", "/b/a"],
    );
    assert.deepEqual([users?.map(({ name }) => name), runcmd, others], [["b", "a"], [["b"], ["a"]], {}]);
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
