import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaSync } from "execa";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { theQuickstart } from "../../component/programs.js";

const script = join(repositoryRoot, "examples/baked-image/make-image.sh");

/** What the AWS CLI would print, by its subcommand. */
const answers = `
  case "$*" in
  *describe-instance-types*) echo "$ARCHITECTURE" ;;
  *describe-images*) echo ami-debian ;;
  *describe-subnets*) echo vpc-1 ;;
  *create-security-group*) echo sg-1 ;;
  *run-instances*) echo i-1 ;;
  *create-image*) echo ami-made ;;
  *"wait instance-stopped"*) [ -z "$STAYS_ON" ] ;;
  esac
`;

describe("examples/baked-image/make-image.sh", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hipaa-redis-make-image-"));
    standIn("aws", answers);
    standIn("npx", "echo '#cloud-config'");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const standIn = (name: string, body: string): void => {
    const calls = join(folder, "calls");
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >>'${calls}'\n${body}\n`, { mode: 0o755 });
  };
  const run = (env: Record<string, string> = {}) =>
    execaSync("sh", [script, "subnet-1", "m7g.large"], {
      env: { PATH: `${folder}:${process.env.PATH ?? ""}`, ARCHITECTURE: "arm64", STAYS_ON: "", ...env },
      reject: false,
    });
  const calls = (subcommand: string): string[] =>
    readFileSync(join(folder, "calls"), "utf8")
      .split("\n")
      .filter((line) => line.includes(subcommand));

  it("prints the image's id, and leaves neither the instance nor its security group", () => {
    const { exitCode, stdout, stderr } = run();
    assert.deepEqual([exitCode, stdout], [0, "ami-made"], stderr);
    assert.match(calls("create-security-group").join(), /--vpc-id vpc-1 /);
    assert.match(calls("run-instances").join(), /--subnet-id subnet-1 --security-group-ids sg-1 /);
    assert.match(calls("npx tsx").join(), /printCloudConfig\.ts debian-13$/);
    assert.equal(calls("terminate-instances").length, 1);
    assert.deepEqual(calls("delete-security-group"), ["aws ec2 delete-security-group --group-id sg-1"]);
  });

  it("leaves nothing either, and makes no image, when the packages don't come", () => {
    assert.equal(run({ STAYS_ON: "yes" }).exitCode, 1);
    assert.deepEqual(calls("create-image"), []);
    assert.deepEqual(calls("delete-security-group").length + calls("terminate-instances").length, 2);
  });

  it("starts from the images among which the library looks as well", async () => {
    const asked = (await theQuickstart()).calls.find(({ token }) => token === "aws:ec2/getAmi:getAmi");
    assert.ok(asked);
    const { owners, filters } = asked.inputs as { owners: string[]; filters: { name: string; values: string[] }[] };
    run({ ARCHITECTURE: "x86_64" });
    const given = filters.map(({ name, values }) => `Name=${name},Values=${values.join(",")}`);
    assert.deepEqual(calls("describe-images"), [
      `aws ec2 describe-images --owners ${owners.join(" ")} --output text --filters ${given.join(" ")} --query sort_by(Images, &CreationDate)[-1].ImageId`,
    ]);
  });
});
