import tseslint from "typescript-eslint";

const pureLayers = {
  patterns: [
    {
      group: ["@pulumi/*"],
      message: "These are pure: they decide shapes and text, resources are made elsewhere.",
    },
  ],
};

const deepImports = {
  paths: ["aws", "random", "tls"].map((name) => ({
    name: `@pulumi/${name}`,
    message: `Import the one resource's own file, such as "@pulumi/aws/ec2/vpc": the index loads every service.`,
  })),
};

export default tseslint.config(
  { ignores: ["dist/**", "node_modules/**", "test/package/program/**"] },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  { files: ["src/**/*.ts"], rules: { "no-restricted-imports": ["error", deepImports] } },
  {
    files: [
      "src/plan/**/*.ts",
      "src/host/**/*.ts",
      "src/evidence/**/*.ts",
      "src/ioredis/**/*.ts",
      "src/verify/**/*.ts",
      "src/cli/**/*.ts",
      "src/policy/rules/**/*.ts",
    ],
    rules: { "no-restricted-imports": ["error", pureLayers] },
  },
  {
    // A Pulumi resource and a mocha suite are made for their effect.
    files: ["test/**/*.ts", "examples/**/*.ts", "src/**/*.ts"],
    rules: { "no-new": "off" },
  },
);
