import fc from "fast-check";

/** The body of a cloud-config that is refused, where and with which words it is, and one that is taken in its place. */
interface RefusedConfig {
  readonly body: string;
  readonly at: string;
  readonly got: string;
  readonly instead: string;
  /** Whether cloud-init drops it, or ends with an error, even when it stands alone; else it is ours that is undone. */
  readonly breaks: boolean;
}

const row = (breaks: boolean, body: string, at: string, got: string, instead: string): RefusedConfig => ({
  body,
  at,
  got,
  instead,
  breaks,
});

const ownModules = ["cloud_init_modules", "cloud_config_modules", "cloud_final_modules"];

/** All that cloud-init would drop, or that would undo ours. */
export const refusedConfigs: readonly RefusedConfig[] = [
  ...["merge_how", "merge_type"].map((key) =>
    row(false, `${key}: list(prepend)\nruncmd: [a]\n`, `.${key}`, "a string", "runcmd: [a]\n"),
  ),
  ...ownModules.map((key) => row(false, `${key}: [runcmd]\n`, `.${key}`, "a list", "unverified_modules: [runcmd]\n")),
  row(false, "cloud_final_modules:\n", ".cloud_final_modules", "null", "final_message:\n"),
  row(false, "disable_ec2_metadata: true\n", ".disable_ec2_metadata", "a boolean", "disable_ec2_metadata: false\n"),
  row(false, "package_update: false\n", ".package_update", "a boolean", "package_update: true\n"),
  row(false, "swap: {filename: /swap, size: auto}\n", ".swap", "an object", "mounts: []\n"),
  row(false, "mounts: [[/s, none, swap]]\n", ".mounts", "a swap", "mounts: [[/dev/sdb, /srv/swap]]\n"),
  row(false, "packages: git\n", ".packages", "a string", "packages: [git]\n"),
  row(true, "packages: [git, 5]\n", ".packages[1]", "a number", "packages: [git, '5']\n"),
  row(true, "packages: [{a: 1}]\n", ".packages[0]", "an object", "packages: [[a, 1]]\n"),
  row(true, "packages: [[a, 1, 2]]\n", ".packages[0]", "a list", "packages: [[a]]\n"),
  ...["runcmd", "bootcmd"].flatMap((key) => [
    row(true, `${key}: echo\n`, `.${key}`, "a string", `${key}: [echo]\n`),
    row(true, `${key}: {a: b}\n`, `.${key}`, "an object", `${key}:\n`),
    row(true, `${key}:\n  - echo a\n  - echo b: c\n`, `.${key}[1]`, "an object", `${key}:\n  - 'echo b: c'\n  -\n`),
    row(true, `${key}: [yes]\n`, `.${key}[0]`, "a boolean", `${key}: [[yes], y]\n`),
  ]),
  row(true, "write_files: {path: /a}\n", ".write_files", "an object", "write_files: [{path: /a}]\n"),
  row(true, "write_files: [/a]\n", ".write_files[0]", "a string", "write_files: [{}]\n"),
  row(
    true,
    "write_files: [{path: 5}]\n",
    ".write_files[0].path",
    "a number",
    "write_files: [{path: '5'}, {owner: 5}]\n",
  ),
  row(
    true,
    "write_files: [{path: /a, content: 5}]\n",
    ".write_files[0].content",
    "a number",
    "write_files: [{path: /a, content: !!binary aGk=}]\n",
  ),
  row(
    true,
    "write_files: [{path: /a, owner: 5}]\n",
    ".write_files[0].owner",
    "a number",
    "write_files: [{owner: '5:5'}]\n",
  ),
  row(
    true,
    "write_files: [{path: /a, encoding: 64}]\n",
    ".write_files[0].encoding",
    "a number",
    "write_files: [{path: /a, encoding: b64}]\n",
  ),
  row(true, "- a\n", "", "a list", "a: [a]\n"),
  row(true, "word\n", "", "a string", "word:\n"),
  row(true, "a: [\n", "", "YAML that can't be read (BAD_INDENT) at line 3, column 1", "a: []\n"),
  row(true, "\ta: b\n", "", "YAML that can't be read (TAB_AS_INDENT) at line 2, column 1", "a: b\n"),
  ...["a:\tb\n", "a: b\t\n", "a: b \t# c\n", "a: [b,\tc]\n"].map((body) =>
    row(
      true,
      body,
      "",
      `a tab where blanks belong at line 2, column ${body.indexOf("\t") + 1}`,
      body.replace("\t", " "),
    ),
  ),
  row(
    true,
    "a: b\tc\n",
    "",
    "a tab where blanks belong at line 2, column 5",
    "a: |\n  b\tc\nb: 'c\td' #\te\nc: \"d\te\"\n",
  ),
  row(true, "a: !own b\n", "", "YAML that can't be read (TAG_RESOLVE_FAILED) at line 2, column 4", "a: !!str b\n"),
  row(
    true,
    "a: b\nhostname: {{ name }}\n",
    "",
    "a mapping or a list where a key or a quoted string belongs at line 3, column 12",
    "hostname: '{{ name }}'\n",
  ),
  row(true, "a: *b\n", "", "YAML whose anchors can't be followed", "a: &b c\nd: *b\n"),
  row(true, "a: b\rc: d\u0007\n", "", "a control character at line 3, column 5", 'a: "b\\a"\n'),
];

/** Cloud-configs that are taken as they are, though a parser that is not cloud-init's may stumble over them. */
export const takenConfigs: readonly string[] = [
  "",
  "\n",
  "\n# comments alone\n",
  "\r\npackages: [git]\r\nruncmd:\r\n  - echo a\r\n",
  "\nruncmd: [[aws, ecr, get-login-password, 089012345678, 0x1f, 1e3, 1_000, 12:30, y]]\n",
  "\nruncmd: [a]\nruncmd: [b]\nusers: [default]\n",
  "\nruncmd: [a] # why\n---\n".slice(0, -4),
  "\n--- \npackages:\n",
  "\nx: &x {a: [b]}\ny: {<<: *x, c: d}\n",
  "\nwrite_files:\n  - path: /srv/é\u{1f600}\n    content: |\n      a\u2028      b\tc\n    owner: web:web\n    defer: true\n",
  '\nfinal_message: "a\\u2028b\\x00\\"c\\\\"\n',
  " \t\nhostname: web\n",
];

const word = fc.constantFrom(
  "a",
  "b c",
  "'d'",
  "yes",
  "'no'",
  "12",
  "012",
  "089",
  "1.5",
  "~",
  "2026-01-02",
  '"é\u{1f600}"',
  "e: f",
  "'g\th'",
  "i\tj",
);
const comma = fc.constantFrom(", ", " , ", ",   ", ",\t");
const list = (entry: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.array(entry, { maxLength: 3 }), comma).map(([entries, between]) => `[${entries.join(between)}]`);
const commands = list(fc.oneof(word, list(word)));
const files = list(
  fc
    .record({ path: word, content: word, owner: word })
    .map((file) => `{path: ${file.path}, content: ${file.content}, owner: ${file.owner}}`),
);

/** Bodies of cloud-configs, sound or not, with each line break that cloud-init knows. */
export const anyConfig: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(
      fc.oneof(
        fc.tuple(fc.constantFrom("runcmd", "bootcmd"), fc.oneof({ weight: 4, arbitrary: commands }, word)),
        fc.tuple(fc.constant("packages"), fc.oneof({ weight: 4, arbitrary: list(word) }, word)),
        fc.tuple(fc.constant("write_files"), files),
        fc.tuple(fc.constantFrom("users", "timezone", "package_upgrade", "apt"), fc.oneof(word, list(word))),
      ),
      { maxLength: 4 },
    ),
    fc.constantFrom("\n", "\r\n", " #\tcomment\n", "\r"),
  )
  .map(([entries, end]) => [end, ...entries.map(([key, value]) => `${key}: ${value}${end}`)].join(""));
