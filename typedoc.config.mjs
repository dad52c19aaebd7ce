/** @type {Partial<import("typedoc").TypeDocOptions> & Partial<import("typedoc-plugin-markdown").PluginOptions>} */
export default {
  plugin: ["typedoc-plugin-markdown"],
  tsconfig: "tsconfig.build.json",
  entryPoints: ["src/index.ts", "src/ioredis/index.ts", "src/evidence/index.ts", "src/policy/index.ts"],
  out: "docs/reference",
  name: "pulumi-hipaa-redis",
  readme: "none",
  disableSources: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  outputFileStrategy: "modules",
  // By what a program imports.
  pageTitleTemplates: {
    module: ({ name }) => (name === "index" ? "pulumi-hipaa-redis" : `pulumi-hipaa-redis/${name}`),
  },
  excludeExternals: true,
  excludeInternal: true,
  logLevel: "Error",
  cleanOutputDir: true,
};
