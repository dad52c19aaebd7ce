import type { AttackSuite } from "../attack.js";
import { appHost } from "./appHost.js";
import { applicationLog } from "./applicationLog.js";
import { certificates } from "./certificates.js";
import { commands } from "./commands.js";
import { containers } from "./containers.js";
import { disks } from "./disks.js";
import { floods } from "./floods.js";
import { keyExchange } from "./keyExchange.js";
import { manInTheMiddle } from "./manInTheMiddle.js";
import { network } from "./network.js";
import { offTheList } from "./offTheList.js";
import { operator } from "./operator.js";
import { passwords } from "./passwords.js";
import { protocol } from "./protocol.js";
import { resumption } from "./resumption.js";
import { signIns } from "./signIn.js";
import { takenOver } from "./takenOver.js";

/** Every attack, by suite: the tests try all of them with each tunnel, the demo all but the slow ones. */
export const suites: readonly AttackSuite[] = [
  network,
  certificates,
  protocol,
  resumption,
  keyExchange,
  manInTheMiddle,
  passwords,
  commands,
  signIns,
  operator,
  takenOver,
  appHost,
  containers,
  applicationLog,
  floods,
  offTheList,
  disks,
];
