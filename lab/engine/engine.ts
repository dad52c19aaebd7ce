/** The Pulumi engine as it is on this machine. */
export interface Engine {
  /** Path of the `pulumi` executable. */
  pulumi: string;
  /** The folder with `pulumi` and the language host, to be put on PATH. */
  binFolder: string;
  /** Where it came from. */
  origin: "official" | "built";
}
