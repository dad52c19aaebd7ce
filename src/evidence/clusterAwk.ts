import { hostPaths } from "../host/hostPaths";
import { nodeUser } from "../host/redisUsers";
import { redisPort } from "../plan/ports";

/** Parts of commands that ask a node of a cluster how it sees that, for checks that reckon with the answer. */

const scripts = hostPaths.scriptsFolder;

/** For awk: of each node its place, by the list that the host goes by; and of the node itself its shard. */
const members = 'FNR == NR { split($1, part, "-"); place[$3] = $1; shard[$3] = part[1]; next }';

/** What the node's own Redis answers its peers. */
export function askSelf(questions: readonly string[]): string {
  return `${environment} && ${ask(questions, '"$HIPAA_REDIS_SELF"')}`;
}

/**
 * What it says of all nodes, a line each, of which awk makes one line: a program for lines of nodes, and one for the end. Known are
 * `place` and `shard` of nodes that the cache has, by their ids, `self`, and of a line's node `slots`, how many it has.
 */
export function ofItsNodes(line: string, end: string): string {
  return `${askSelf(["CLUSTER NODES"])} | awk -v self="$HIPAA_REDIS_NODE_ID" '${members} length($1) != 40 { next } { ${countSlots} ${line} } END { ${end} }' ${hostPaths.clusterMembers} -`;
}

/**
 * What a program for awk makes of the answers of the nodes of its own shard and of the next one, each on a line. Where every node asks these,
 * every shard is compared with another one, and no node has to ask all.
 */
export function ofNeighbours(questions: readonly string[], made: string): string {
  return `${environment} && for node in $(${neighbours}); do ${ask(questions, '"$node"')} | ${made}; done`;
}

/** How many these are. */
export function neighbourCount({ replicas }: { readonly replicas: number }): number {
  return 2 * (replicas + 1);
}

/** Lines of the list of members that are of the node's own shard or of the next one, and not the node itself where that is left out. */
export function neighbourLines(prints: string): string {
  return `awk -v self="$HIPAA_REDIS_NODE_ID" '{ split($1, part, "-"); of[NR] = part[1]; line[NR] = $0; if ($3 == self) own = part[1]; if (part[1] >= shards) shards = part[1] + 1 } END { for (n = 1; n <= NR; n++) if (of[n] == own || of[n] == (own + 1) % shards) { split(line[n], field, " "); ${prints} } }' ${hostPaths.clusterMembers}`;
}

/** Sources what the scripts of a node go by. */
export const environment = `. ${hostPaths.replicationEnvironment}`;

/** Slots on their way are in brackets, and not among those that a node has. */
const countSlots =
  'slots = 0; for (i = 9; i <= NF; i++) if ($i !~ /^\\[/) { ends = split($i, range, "-"); slots += range[ends] - range[1] + 1 }';

const neighbours = neighbourLines("print field[2]");

function ask(questions: readonly string[], node: string): string {
  const lines = questions.map((one) => `'${one}'`).join(" ");
  return `printf '%s\\n' ${lines} | ${scripts}/ask-peer ${node} ${redisPort} ${nodeUser}`;
}
