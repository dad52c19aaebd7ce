import { operatingSystems, releases, type OperatingSystem } from "./operatingSystem";
import type { TunnelConf } from "./tunnel";

/** X25519 and ML-KEM-768 (FIPS 203) together, by OpenSSL's name: whoever is to know what was sent has to break both. */
export const hybridGroup = "X25519MLKEM768";

/** X25519 alone. */
export const classicalGroup = "X25519";

/** What a host's tunnel offers and takes; nothing of its own where its release has no hybrid group: there OpenSSL's list is in force. */
export function keyExchange(operatingSystem: OperatingSystem, requiresHybrid = false): Pick<TunnelConf, "groups"> {
  if (!releases[operatingSystem].hasHybridKeyExchange) return {};
  return { groups: requiresHybrid ? [hybridGroup] : [hybridGroup, classicalGroup] };
}

/** The releases that can be told to take nothing else. */
export const hybridReleases = operatingSystems.filter((name) => releases[name].hasHybridKeyExchange);
