import tseslint from "typescript-eslint";

const pure = {
  group: ["@pulumi/*"],
  message: "These are pure: they decide shapes and text, resources are made elsewhere.",
};

const deepImports = ["aws", "random", "tls"].map((name) => ({
  name: `@pulumi/${name}`,
  message: `Import the one resource's own file, such as "@pulumi/aws/ec2/vpc": the index loads every service.`,
}));

/** The folders at the top, and which of the others each may import. */
const layers = {
  src: [],
  lab: ["src"],
  test: ["lab", "src"],
  bench: ["lab", "src"],
  examples: [],
};

/** Imports by a relative path that climb out of a layer into one that it may not know. */
function outside(layer) {
  const closed = Object.keys(layers).filter((other) => other !== layer && !layers[layer].includes(other));
  const open = layers[layer].length === 0 ? "nothing of the others" : `${layers[layer].join(" and ")} alone`;
  return {
    regex: `^(\\.\\.?/)+(${closed.join("|")})/`,
    message: `${layer}/ imports ${open}, so that no two folders need each other (examples import the package by its name).`,
  };
}

export default tseslint.config(
  { ignores: [".lab/**", "dist/**", "node_modules/**", "test/package/program/**"] },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      // One program for all: the project service would make one more for each example.
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // The public arguments are those of src/arguments, by a name of their own.
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
    },
  },
  ...Object.keys(layers).map((layer) => ({
    files: [`${layer}/**/*.ts`],
    rules: { "no-restricted-imports": ["error", { patterns: [outside(layer)] }] },
  })),
  {
    files: ["src/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { paths: deepImports, patterns: [outside("src")] }] },
  },
  {
    files: [
      "src/arguments/**/*.ts",
      "src/plan/**/*.ts",
      "src/host/**/*.ts",
      "src/evidence/**/*.ts",
      "src/ioredis/**/*.ts",
      "src/verify/**/*.ts",
      "src/cli/**/*.ts",
      "src/policy/rules/**/*.ts",
    ],
    rules: { "no-restricted-imports": ["error", { patterns: [pure, outside("src")] }] },
  },
  {
    // A Pulumi resource and a mocha suite are made for their effect.
    files: ["test/**/*.ts", "examples/**/*.ts", "src/**/*.ts"],
    rules: { "no-new": "off" },
  },
);
