import { isCollection, parseDocument, visit, type DocumentOptions, type ScalarTag, type SchemaOptions } from "yaml";
import { tabBetweenWords } from "./yamlTabs";

/** cloud-init reads YAML 1.1, in which words such as `no` and `on` are no text unless they are quoted. */
export const yamlOfCloudInit = { version: "1.1", lineWidth: 0 } as const;

/** What cloud-init makes of a text, or why it takes none of it: no word of the text, which could hold anything. */
type Read = { readonly value: unknown } | { readonly fault: string };

/** Reads YAML as cloud-init does: with PyYAML, which takes the last of two equal keys. */
export function readYaml(text: string): Read {
  const plain = text.replace(otherLineBreaks, "\n");
  const stray = notPrintable.exec(plain);
  if (stray !== null) return { fault: `a control character${place(plain, stray.index)}` };
  const document = parseDocument(plain, asPyYaml);
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) return { fault: `YAML that can't be read (${error.code})${place(plain, error.pos[0])}` };
  const tab = tabBetweenWords(plain);
  if (tab !== undefined) return { fault: `a tab where blanks belong${place(plain, tab)}` };
  let collectionAsKey: number | undefined;
  visit(document, {
    Pair: (_, { key }) => {
      if (isCollection(key)) collectionAsKey ??= key.range?.[0] ?? 0;
    },
  });
  if (collectionAsKey !== undefined) {
    return { fault: `a mapping or a list where a key or a quoted string belongs${place(plain, collectionAsKey)}` };
  }
  try {
    return { value: document.toJS({ maxAliasCount: -1 }) as unknown };
  } catch {
    return { fault: "YAML whose anchors can't be followed" };
  }
}

function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return ` at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** Each is one character here as there, so that places stay. */
const otherLineBreaks = /\r(?!\n)|[\u0085\u2028\u2029]/g;

/** PyYAML's Reader.NON_PRINTABLE. */
const notPrintable = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** What an unquoted word is for PyYAML (resolver.py); the numbers themselves are of no account here. */
const words: ScalarTag[] = [
  { tag: "tag:yaml.org,2002:null", test: /^(?:~|null|Null|NULL|)$/, resolve: () => null },
  {
    tag: "tag:yaml.org,2002:bool",
    test: /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
    resolve: (word: string) => /^(?:yes|true|on)$/i.test(word),
  },
  {
    tag: "tag:yaml.org,2002:int",
    test: /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
    resolve: Number,
  },
  {
    tag: "tag:yaml.org,2002:float",
    test: /^(?:[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|\.(?:inf|Inf|INF))|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|\.(?:nan|NaN|NAN))$/,
    resolve: Number,
  },
  {
    tag: "tag:yaml.org,2002:timestamp",
    test: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$|^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?$/,
    resolve: (word: string) => new Date(word),
  },
].map((word) => ({ ...word, default: true }));

const asPyYaml: DocumentOptions & SchemaOptions & { readonly uniqueKeys: boolean } = {
  version: "1.1",
  schema: "failsafe",
  customTags: ["merge", "binary", "omap", "pairs", "set", ...words],
  merge: true,
  uniqueKeys: false,
};
