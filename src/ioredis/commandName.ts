import { Redis } from "ioredis";

const known = new Set([...Redis.prototype.getBuiltinCommands(), "monitor"]);

/** The name of a command that ioredis knows; another may be anything that an application has at hand. */
export function publicName(name: unknown): string {
  const text = String(name);
  return isKnown(text) ? text : unknownName;
}

export function isKnown(name: string): boolean {
  return known.has(name) || known.has(name.toLowerCase());
}

/** Of any command of Redis 8 and Valkey 8 that has some (redis.io, "Commands"); another may be a value. */
const subcommands = new Set(
  [
    "addslots addslotsrange bumpepoch cachedmsgs caching cat channels consumers count count-failure-reports countkeysinslot createconsumer create",
    "debug delconsumer delete deleteslots delslots delslotsrange deluser destroy docs doctor dryrun dump encoding exists failover",
    "flush flushslots forget freq genpass get getkeys getkeysandflags getkeysinslot getname getredir getuser graph groups help",
    "histogram history id idletime info keyslot kill latest len links list listfilters load loadex log malloc-stats meet myid",
    "myshardid no-evict no-touch nodes numpat numsub pause purge refcount replicas replicate reply reset resetstat restore rewrite",
    "save saveconfig set set-config-epoch setid setinfo setname setslot setuser shardchannels shardnumsub shards slaves slots",
    "slot-stats stats stream tracking trackinginfo unblock unload unpause usage users whoami",
  ].flatMap((line) => line.split(" ")),
);

export function isSubcommand(name: string): boolean {
  return subcommands.has(name.toLowerCase());
}

const unknownName = "unknown";
