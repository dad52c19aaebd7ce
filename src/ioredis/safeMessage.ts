import { isIP } from "node:net";
import { isKnown, isSubcommand } from "./commandName";
import { redisCodes, redisTexts } from "./redisTexts";
import { noPrimary, noReplica, noShardChannels, noSingleParts, noSoundView, noSuchNode } from "./noNode";
import { notSentAgain } from "./unanswered";
import { noLongerWatched } from "./watched";

/**
 * What may be told of an error's message: all of it where it is a text that holds nothing of what was sent or stored,
 * and the part before that where there is one. Undefined for every other message: what looks harmless may be a value.
 */
export function safeMessage(message: string): string | undefined {
  const text = message.replace(scriptSuffix, "");
  if (redisTexts.has(text) || ioredisTexts.has(text)) return text;
  for (const [form, told] of forms) {
    const match = form.exec(text);
    if (match !== null) return told(match);
  }
  return undefined;
}

/** The word with which Redis begins an error, where it is one of Redis's. */
export function redisCode(message: string): string | undefined {
  const [code = ""] = message.split(" ", 1);
  return redisCodes.has(code) ? code : undefined;
}

/** What Redis adds to the error of a command that a script calls: the script's SHA-1 and line. */
const scriptSuffix = / script: [0-9a-f]{40}, on @?user_script:\d+\.$/;

const ownTexts: readonly string[] = [
  notSentAgain,
  noLongerWatched,
  noPrimary,
  noReplica,
  noShardChannels,
  noSingleParts,
  noSoundView,
  noSuchNode,
];

const ioredisTexts: ReadonlySet<string> = new Set([
  ...ownTexts,
  "All keys in the pipeline should belong to the same slots allocation group",
  "All the keys in a pipeline command should belong to the same slot",
  "Cluster is disconnected.",
  "Cluster is disconnecting.",
  "Cluster is ended.",
  "Cluster isn't ready and enableOfflineQueue options is false",
  "Command aborted due to connection close",
  "Command timed out",
  "Connection is aborted",
  "Connection is discarded because a new connection is made",
  "Connection in subscriber mode, only subscriber commands may be used",
  "Connection is closed.",
  "Failed to refresh slots cache.",
  "No subscriber for the cluster",
  "Node is disconnected",
  "None of startup nodes is available",
  "Pipeline cannot be used to send any commands when the `exec()` has been called on it.",
  "Redis is already connecting/connected",
  "Stream isn't writeable and enableOfflineQueue options is false",
  "timeout",
]);

type Form = readonly [RegExp, (match: RegExpExecArray) => string | undefined];

/** Texts with a gap. What fills it is checked, or left out. */
const forms: readonly Form[] = [
  [
    /^Reached the max retries per request limit \(which is \d+\)\. Refer to "maxRetriesPerRequest" option for details\.$/,
    whole,
  ],
  [/^Socket timeout\. Expecting data, but didn't receive any in \d+ms\.$/, whole],
  [/^(?:MOVED|ASK) \d{1,5} (?:([0-9a-f.:]+):)?\d{1,5}$/, withAddress],
  [/^(NOPERM this user has no permissions to run the ')([^']*)(' command)$/, withCommand],
  [/^NOPERM User [^ ]+ has no permissions to run the '([^']*)' command$/, withoutUser],
  [/^(ERR wrong number of arguments for ')([^']*)(' command)$/, withCommand],
  [/^(ERR invalid expire time in ')([^']*)(' command)$/, withCommand],
  [/^(ERR Can't execute ')([^']*)(': only \(P\|S\)SUBSCRIBE)/, withCommand],
  [/^(ERR unknown command ')([^']*)(')/, withCommand],
  [/^ERR unknown subcommand\b/, start],
  [/^Command queue state error\. If you can reproduce this, please report it\./, start],
  [/^Protocol error\b/, start],
  [/^Unknown RESP type\b/, start],
  [/^(EXECABORT Transaction discarded because of): (.*)$/s, withCause],
  [/^(Too many Cluster redirections\. Last error): (?:[A-Za-z]+: )?(.*)$/s, withCause],
];

function whole({ input }: RegExpExecArray): string {
  return input;
}

function start([text]: RegExpExecArray): string {
  return text;
}

function withCommand([, before = "", name = "", after = ""]: RegExpExecArray): string {
  return `${before}${knownCommand(name)}${after}`;
}

/** Later versions name the user, and a script may name anybody: here it is in the words of Redis 7.0. */
function withoutUser([, name = ""]: RegExpExecArray): string {
  return `NOPERM this user has no permissions to run the '${knownCommand(name)}' command`;
}

function knownCommand(name: string): string {
  const [command = "", subcommand, ...more] = name.split("|");
  const isOfRedis = isKnown(command) && more.length === 0 && (subcommand === undefined || isSubcommand(subcommand));
  return isOfRedis ? name : "?";
}

/** What a script says of itself may look like one. */
function withAddress({ input, 1: address }: RegExpExecArray): string | undefined {
  return address === undefined || isIP(address) !== 0 ? input : undefined;
}

function withCause([, text = "", cause = ""]: RegExpExecArray): string {
  const told = safeMessage(cause) ?? redisCode(cause);
  return told === undefined ? text : `${text}: ${told}`;
}
