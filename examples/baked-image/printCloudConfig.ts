// User data for the instance that becomes the image.
import { imageCloudConfig } from "pulumi-hipaa-redis";

process.stdout.write(imageCloudConfig());
