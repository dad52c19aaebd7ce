import assert from "node:assert/strict";
import { hostKinds } from "../../../src/plan/hostKinds.js";
import { folderAccount, hostPaths } from "../../../src/host/hostPaths.js";
import { scriptText } from "../../../src/host/scripts.js";
import { readOneSecret, takeOneRole, trustRole } from "../../../src/plan/hostPolicy.js";
import { appSessionRenewalSeconds, appSessionRetrySeconds } from "../../../src/plan/appSession.js";
import { cacheKey, metadataOptions, rootVolume } from "../../../src/plan/instance.js";
import { getOrThrow } from "../../../src/resources/getOrThrow.js";
import { redisLimits, redisOpenFiles, tunnelLimits } from "../../../src/plan/limits.js";
import { networkAclRuleQuota } from "../../../src/plan/networkAcl.js";
import { passwordLength } from "../../../src/plan/passwords.js";
import * as ports from "../../../src/plan/ports.js";
import { defaultTunnelEngine, tunnelEngines, tunnelRules } from "../../../src/plan/tunnel.js";

/** What is promised in README and docs, or follows from a figure of AWS's, Redis's or a standard's. */
describe("the plan's constants", () => {
  it("are the ports of the article, and local ports that the Redis port is none of", () => {
    const { redisPort, sshPort, httpsPort, nodeEphemeralPorts, peerEphemeralPorts, onePort } = ports;
    assert.deepEqual([redisPort, sshPort, httpsPort], [6379, 22, 443]);
    assert.deepEqual(nodeEphemeralPorts, { fromPort: 32_768, toPort: 60_999 });
    assert.deepEqual(peerEphemeralPorts, { fromPort: 1024, toPort: 65_535 });
    assert.deepEqual(onePort(22), { fromPort: 22, toPort: 22 });
  });

  it("are IMDSv2 without a hop, and an encrypted disk that goes with the instance", () => {
    assert.deepEqual(metadataOptions, {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: "disabled",
    });
    assert.deepEqual(rootVolume, { encrypted: true, volumeType: "gp3", deleteOnTermination: true });
    assert.deepEqual(cacheKey, { enableKeyRotation: true });
  });

  it("are both kinds of host, and both programs of the tunnel", () => {
    assert.deepEqual(hostKinds, ["cache", "client"]);
    assert.deepEqual(tunnelEngines, ["stunnel", "haproxy"]);
    assert.equal(defaultTunnelEngine, "haproxy");
  });

  it("are what each tunnel keeps to", () => {
    assert.deepEqual(tunnelRules, {
      cipherSuites: "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256",
      handshakeSeconds: 10,
      connectSeconds: 5,
      idleSeconds: 2_073_600,
      keepalive: { idleSeconds: 30, intervalSeconds: 10, probes: 3 },
    });
    // More milliseconds would not fit into 31 bits.
    assert.ok(tunnelRules.idleSeconds * 1000 < 2 ** 31);
  });

  it("are the limits of Redis and of the tunnel", () => {
    const mebibyte = 1_048_576;
    assert.deepEqual(redisLimits, {
      memoryPercent: 50,
      unitMemoryPercent: 65,
      oomScoreAdjust: 500,
      clientMemoryPercent: 10,
      clients: 9032,
      largestValueBytes: 32 * mebibyte,
      queryBufferBytes: 64 * mebibyte,
      outputBuffer: { mostBytes: 128 * mebibyte, lastingBytes: 64 * mebibyte, seconds: 60 },
      subscriberBuffer: { mostBytes: 32 * mebibyte, lastingBytes: 8 * mebibyte, seconds: 60 },
      waitingConnections: 511,
      folderBytes: mebibyte,
      tasks: 64,
    });
    assert.deepEqual(tunnelLimits, {
      connections: 9000,
      openFiles: 18_432,
      openFilesInCluster: 19_632,
      memoryPercent: 25,
      tasks: 10_000,
      connectionsFromOneHost: 6000,
      crowd: { connections: 6000, connectionsFromOneHost: 500 },
    });
    assert.equal(redisOpenFiles, 9272);
  });

  it("are passwords of 64 characters, and the nineteen rules a direction that AWS leaves", () => {
    assert.equal(passwordLength, 64);
    assert.equal(networkAclRuleQuota, 19);
  });

  it("are paths of which all secret ones are in memory, and all others not", () => {
    const { configFolder, runFolder, secretFolder, redisFolder, redisStartFolder, ...paths } = hostPaths;
    assert.deepEqual([configFolder, runFolder], ["/etc/hipaa-redis", "/run/hipaa-redis"]);
    assert.deepEqual(
      [secretFolder, redisFolder, redisStartFolder],
      ["secret", "redis", "start"].map((name) => `/run/hipaa-redis/${name}`),
    );
    assert.deepEqual(paths, {
      environmentFile: `${configFolder}/host.env`,
      secretFilesTable: `${configFolder}/secret-files`,
      redisConfig: `${configFolder}/redis.conf`,
      secretEdit: `${configFolder}/secret.sed`,
      stunnelConfig: `${configFolder}/stunnel.conf`,
      haproxyConfig: `${configFolder}/haproxy.cfg`,
      connection: `${configFolder}/connection.json`,
      appRoleEnvironment: `${configFolder}/app-role.env`,
      appEnvironment: `${configFolder}/app.env`,
      appAwsConfig: `${configFolder}/app-aws-config`,
      appProfile: "/etc/profile.d/hipaa-redis.sh",
      firewallConfig: `${configFolder}/nftables.conf`,
      sshdConfig: "/etc/ssh/sshd_config.d/10-hipaa-redis.conf",
      sudoConfig: "/etc/sudoers.d/10-hipaa-redis",
      aptConfig: "/etc/apt/apt.conf.d/60-hipaa-redis",
      journalConfig: "/etc/systemd/journald.conf.d/10-hipaa-redis.conf",
      journalsFolder: "/etc/systemd",
      operatorKeys: "/etc/ssh/operators",
      packagedFirewall: "/etc/systemd/system/nftables.service.d/10-hipaa-redis.conf",
      timeConfig: "/etc/chrony/hipaa-redis.conf",
      timeOptions: `${configFolder}/chrony.env`,
      timeDropIn: "/etc/systemd/system/chrony.service.d/10-hipaa-redis.conf",
      kernelSettings: "/etc/sysctl.d/60-hipaa-redis.conf",
      folders: "/etc/tmpfiles.d/hipaa-redis.conf",
      unitsFolder: "/etc/systemd/system",
      scriptsFolder: "/usr/local/lib/hipaa-redis",
      status: `${runFolder}/status.json`,
      secretVersions: `${runFolder}/versions`,
      certificate: `${secretFolder}/certificate.pem`,
      privateKey: `${secretFolder}/certificate.pem.key`,
      trusted: `${secretFolder}/trusted.pem`,
      admitted: `${secretFolder}/admitted/clients.conf`,
      admittedPeers: `${secretFolder}/admitted-peers/nodes.conf`,
      admittedToSentinel: `${secretFolder}/admitted-to-sentinel/all.conf`,
      redisUsers: `${secretFolder}/users.conf`,
      password: `${secretFolder}/password`,
      sentinelUsers: `${secretFolder}/sentinel-users.conf`,
      peerPassword: `${secretFolder}/peer-password`,
      configCommand: `${secretFolder}/config-command`,
      clientFolder: `${runFolder}/client`,
      clientSocket: `${runFolder}/client/redis.sock`,
      clientConnection: `${runFolder}/client/connection.json`,
      clientPassword: `${runFolder}/client/password`,
      appFolder: `${runFolder}/app`,
      appCredentials: `${runFolder}/app/credentials.json`,
      redisSocket: `${redisFolder}/redis.sock`,
      redisMemory: `${redisFolder}/memory.conf`,
      redisCommands: `${redisStartFolder}/commands.conf`,
      redisRole: `${redisStartFolder}/role.conf`,
      sentinelFolder: `${runFolder}/sentinel`,
      replicationEnvironment: `${configFolder}/replication.env`,
      sentinelConfig: `${configFolder}/sentinel.conf`,
      sentinelClients: `${configFolder}/sentinel-users.sed`,
      clientNodesFolder: `${runFolder}/client/nodes`,
      tunnelNodesFolder: "/run/hipaa-redis-nodes",
      waysEnvironment: `${configFolder}/ways.env`,
      waysTexts: `${configFolder}/ways`,
      ways: `${secretFolder}/ways/nodes.cfg`,
      members: `${secretFolder}/members`,
      clusterMembers: `${secretFolder}/cluster-members`,
      clusterNodes: `${redisFolder}/nodes.conf`,
      scriptArchive: `${secretFolder}/scripts`,
    });
    assert.equal(folderAccount, "hipaa-redis");
  });
});

describe("a host's permissions", () => {
  it("are to read one secret, and to decrypt it alone, through Secrets Manager alone", () => {
    assert.deepEqual(readOneSecret({ secretArn: "secret-arn", kmsKeyArn: "key-arn", region: "eu-west-1" }), {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "secret-arn" },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "key-arn",
          Condition: {
            StringEquals: {
              "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
              "kms:EncryptionContext:SecretARN": "secret-arn",
            },
          },
        },
      ],
    });
  });
});

describe("a host that takes its application's role", () => {
  it("may take that one alone, and is the only one that may", () => {
    assert.deepEqual(takeOneRole("role-arn").Statement, [
      { Effect: "Allow", Action: "sts:AssumeRole", Resource: "role-arn" },
    ]);
    assert.deepEqual(trustRole("host-arn").Statement, [
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "host-arn" } },
    ]);
  });

  it("renews the credentials, which last an hour, long before SDKs look for new ones", () => {
    assert.deepEqual([appSessionRenewalSeconds, appSessionRetrySeconds], [900, 60]);
    assert.match(scriptText("take-app-role"), /--duration-seconds 3600 /);
  });
});

describe("the lookup of what was planned under a name", () => {
  it("gives it, or throws an error with that name", () => {
    assert.equal(getOrThrow(new Map([["a", 0]]), "a"), 0);
    assert.throws(() => getOrThrow(new Map([["a", 0]]), "b"), /^Error: Nothing was planned under the name b\.$/);
  });
});
