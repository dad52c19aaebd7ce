import { bootHosts } from "../../lab/hosts/index.js";

// A program that boots the hosts and is killed while it does.
await bootHosts({
  endpoint: process.argv[2] ?? "",
  region: "us-east-1",
  vpcIds: [process.argv[3] ?? ""],
  packages: ["redis-server", "awscli", "nftables"],
  progress: (line) => {
    if (line.startsWith("booting")) console.log("booting");
  },
});
