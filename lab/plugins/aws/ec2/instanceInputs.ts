import type { Unwrap } from "@pulumi/pulumi";
import type { ec2 } from "@pulumi/aws";

/** The engine hands over a resource that is given as an input as its id: here, the name of the profile. */
export type InstanceInputs = Omit<Unwrap<ec2.InstanceArgs>, "iamInstanceProfile"> & {
  iamInstanceProfile?: string;
};
