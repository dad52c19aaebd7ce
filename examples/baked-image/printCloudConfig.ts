// User data for the instance that becomes the image, of the release that make-image.sh names: another is refused.
import { imageCloudConfig, type OperatingSystem } from "pulumi-hipaa-redis";

const [operatingSystem = "debian-13"] = process.argv.slice(2) as OperatingSystem[];
process.stdout.write(imageCloudConfig({ operatingSystem }));
