import { join } from "node:path";
import { writeImages } from "./images.js";

/** What LocalStack is told: listen on loopback only, fetch nothing, call nobody, keep all state in `folder`. */
export function localStackEnvironment(port: number, folder: string): Record<string, string> {
  return {
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    LOCALSTACK_HOST: `127.0.0.1:${port}`,
    // The default server ignores the listen address and binds every address.
    GATEWAY_SERVER: "hypercorn",
    DISABLE_EVENTS: "1",
    SKIP_SSL_CERT_DOWNLOAD: "1",
    USE_SSL: "0",
    DNS_ADDRESS: "0",
    OVERRIDE_IN_DOCKER: "0",
    EAGER_SERVICE_LOADING: "0",
    LOCALSTACK_VOLUME_DIR: join(folder, "volume"),
    FILESYSTEM_ROOT: join(folder, "filesystem"),
    TMPDIR: join(folder, "tmp"),
    MOTO_AMIS_PATH: writeImages(folder),
  };
}
