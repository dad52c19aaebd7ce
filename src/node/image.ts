import { getAmiOutput } from "@pulumi/aws/ec2/getAmi";
import type { InvokeOutputOptions, Output } from "@pulumi/pulumi";

/** Debian's own AWS account (wiki.debian.org, "Cloud/AmazonEC2Image"). */
const debianOwner = "136693071363";

/** The newest Debian 12 image for an instance type's architecture. */
export function debianImageId(instanceType: string, opts: InvokeOutputOptions): Output<string> {
  const architecture = architectureOf(instanceType);
  const [debianName, awsName] = architecture === "arm64" ? ["arm64", "arm64"] : ["amd64", "x86_64"];
  const image = getAmiOutput(
    {
      owners: [debianOwner],
      mostRecent: true,
      filters: [
        { name: "name", values: [`debian-12-${debianName}-*`] },
        { name: "architecture", values: [awsName] },
      ],
    },
    opts,
  );
  return image.id;
}

/** Graviton families carry a `g` behind their generation, such as `m7g` and `c6gn`; the first one is `a1`. */
export function architectureOf(instanceType: string): "arm64" | "x86_64" {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";
}
