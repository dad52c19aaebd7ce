import { stringify } from "yaml";
import { yamlOfCloudInit } from "../arguments/cloudInitYaml";

/** The part of cloud-init's configuration that the hosts use (cloudinit.readthedocs.io, "Module reference"). */
export interface CloudConfig {
  readonly package_update?: boolean;
  readonly package_upgrade?: boolean;
  readonly package_reboot_if_required?: boolean;
  readonly packages?: readonly string[];
  readonly users?: readonly CloudUser[];
  readonly disable_root?: boolean;
  readonly ssh_pwauth?: boolean;
  readonly bootcmd?: readonly (readonly string[])[];
  readonly write_files?: readonly CloudFile[];
  readonly runcmd?: readonly (readonly string[])[];
  readonly power_state?: { readonly mode: "poweroff"; readonly condition: readonly string[] };
}

export interface CloudUser {
  readonly name: string;
  readonly lock_passwd: true;
  readonly gecos?: string;
  readonly shell?: string;
  readonly sudo?: string;
}

export interface CloudFile {
  readonly path: string;
  readonly content: string;
  readonly permissions: string;
}

/**
 * Cloud-config as cloud-init reads it. Files stand in the order of their paths: units beside units and scripts beside scripts compress
 * best, and EC2 takes 16 KB (`checkUserData.ts`).
 */
export function cloudConfigText(config: CloudConfig): string {
  const { write_files: files } = config;
  const inOrder = files === undefined ? config : { ...config, write_files: [...files].sort(byPath) };
  return `#cloud-config\n${stringify(inOrder, { ...yamlOfCloudInit, indentSeq: false })}`;
}

/** By code units, so that no locale has a say. */
function byPath(one: CloudFile, other: CloudFile): number {
  return one.path < other.path ? -1 : 1;
}

/** A file that everybody on the host may read. */
export function configFile(path: string, content: string): CloudFile {
  return { path, content, permissions: "0644" };
}

/** A script that everybody on the host may read and run. */
export function scriptFile(path: string, content: string): CloudFile {
  return { path, content, permissions: "0755" };
}
