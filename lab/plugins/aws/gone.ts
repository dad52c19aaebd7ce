const goneNames =
  /NotFound|NoSuchEntity|ResourceNotFoundException|InvalidAllocationID|NotFoundException|ParameterNotFound|Unknown$/;

/** The result, or nothing when AWS answers that the thing is not there. Every other error stays one. */
export async function unlessGone<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && goneNames.test(error.name)) return undefined;
    throw error;
  }
}
