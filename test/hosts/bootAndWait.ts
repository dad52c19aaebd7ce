import { hold } from "../../lab/demo/holdAt.js";
import { bootHosts } from "../../lab/hosts/index.js";

// A program that boots the hosts, says so of each when its machine runs, and holds there until it is killed.
await bootHosts({
  endpoint: process.argv[2] ?? "",
  region: "us-east-1",
  vpcIds: [process.argv[3] ?? ""],
  packages: () => ["redis-server", "awscli", "nftables"],
  onStart: async ({ name }) => {
    console.log(`started ${name}`);
    await hold();
  },
  progress: () => undefined,
});
