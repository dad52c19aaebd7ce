import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { signIn as signInWith } from "../../../lab/scenario/attacks/signIn.js";
import type { ExecResult } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { markJournal } from "../../../lab/scenario/journal.js";
import { sshdPrograms } from "../../../src/evidence/journalCommands.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import { journal, shell } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

describeOnHosts([], "the sessions of operators", (scene) => {
  let here: TestScene;
  before(async () => {
    here = await scene();
  });

  const signIn = (command: string): Promise<ExecResult> => signInWith(here, { command: [command] });
  /** The command that signs in at a terminal. */
  const terminal = (): string[] => {
    const { node, operator } = here;
    const options = ["-tt", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"];
    return ["ssh", ...options, "-i", operator.privateKeyFile, `${operator.name}@${node.privateIp}`];
  };

  it("are in the journal by name: who came with which key, what they ran as root, and what that ran", async () => {
    const file = `/etc/${randomUUID()}`;
    const seen = `/run/${randomUUID()}`;
    // What a line is from, the journal asks the process itself: the session lasts until it has both.
    const session = signIn(`sudo sh -c 'cat ${file}; until [ -e ${seen} ]; do sleep 0.2; done'`);
    const ran = async (filter = ""): Promise<string[]> =>
      (await journal(here.node, `_EXE=/usr/bin/sudo ${filter}`)).split("\n").filter((line) => line.includes(file));
    await waitFor("the journal has both commands", async () => (await ran()).length === 2);
    const [shellCommand, inTurn] = await ran();
    assert.match(shellCommand ?? "", /ada : PWD=\/home\/ada ; USER=root ; COMMAND=\/usr\/bin\/sh -c /);
    assert.match(inTurn ?? "", /ada : PWD=\/home\/ada ; USER=root ; COMMAND=\/usr\/bin\/cat /);
    // The kernel's own mark, which no sudo takes away (pam_loginuid(8)). journald notes it too, but that of Debian 13 not in a container.
    const uid = await shell(here.node, "id -u ada");
    assert.equal(await shell(here.node, `cat /proc/$(pgrep --full --oldest '^sh -c cat ${file}')/loginuid`), uid);
    await shell(here.node, `touch ${seen}`);
    assert.equal((await session).exitCode, 0);
    const signedIn = await journal(here.node, sshdPrograms.map((program) => `_EXE=${program}`).join(" "));
    assert.match(signedIn, /Accepted publickey for ada from \S+ port \d+ ssh2: ED25519 SHA256:/);
    assert.match(signedIn, /session opened for user ada/);
  });

  it("are kept in a journal that outlives a restart and can't fill the disk", async () => {
    assert.notEqual(await shell(here.node, "ls /var/log/journal/$(cat /etc/machine-id)/system.journal"), "");
    assert.match(await journal(here.node, "--unit=systemd-journald.service"), /System Journal .* max 1(\.0)?G/);
  });

  /** Runs with other seconds or minutes than those that are in force. */
  const withSetting = async (file: string, change: string, unit: string, run: () => Promise<void>): Promise<void> => {
    // A reload would return before it is done.
    await shell(here.node, `sed -i.sound '${change}' ${file} && systemctl daemon-reload && systemctl restart ${unit}`);
    try {
      await run();
    } finally {
      await shell(here.node, `mv ${file}.sound ${file} && systemctl daemon-reload && systemctl restart ${unit}`);
    }
  };

  it("end when nothing has passed for as long as is allowed, with a terminal and without", async () => {
    assert.match(await shell(here.node, "sshd -T"), /^channeltimeout session:\*=15m$/m);
    await withSetting(hostPaths.sshdConfig, "s/=15m/=5s/", "ssh", async () => {
      const without = await signIn("echo began; sleep 3600; echo stayed");
      assert.equal(without.stdout, "began\n");
      assert.notEqual(without.exitCode, 124, "the session was not ended");
      // Its input stays open, as that of a terminal at which nobody types.
      const atTerminal = 'mkfifo $$.input; "$0" "$@" 0<>$$.input; rm $$.input';
      const { exitCode, stdout } = await here.bastion.exec(["sh", "-c", `cd /tmp; ${atTerminal}`, ...terminal()], {
        timeoutMs: 120_000,
      });
      assert.match(stdout, /ada@/);
      assert.notEqual(exitCode, 124);
    });
    // The control case: a session that is busy for longer than those lasted.
    assert.equal((await signIn("sleep 7; echo stayed")).stdout, "stayed\n");
  });

  it("end when nothing was typed for as long as is allowed, though a program keeps writing", async () => {
    const told = await markJournal(here.node);
    await withSetting(
      `/etc/systemd/system/${unitNames.idle}`,
      "s/end-idle 15$/end-idle 0.2/",
      unitNames.idle,
      async () => {
        const chatter = "while :; do echo busy; sleep 1; done";
        // The control case: at this one somebody types all the time.
        const typing = 'for line in $(seq 45); do echo $line; sleep 1; done | "$0" "$@"';
        const reading = "for line in $(seq 45); do read -r typed; done; echo stayed";
        const [left, used] = await Promise.all([
          here.bastion.exec([...terminal(), chatter], { timeoutMs: 120_000 }),
          here.bastion.exec(["sh", "-c", `cd /tmp; ${typing}`, ...terminal(), reading], { timeoutMs: 120_000 }),
        ]);
        assert.match(left.stdout, /^busy/);
        assert.notEqual(left.exitCode, 124, "the session was not ended");
        assert.match(used.stdout, /^stayed/m);
      },
    );
    assert.match(await told(), /nothing was typed in session \S+ for 0\.2 minutes: it ends/);
  });
});
