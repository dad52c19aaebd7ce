/** An AWS that runs on this machine. */
export interface LocalStack {
  endpoint: string;
  /** Whether it was there before: somebody else's, with whatever it holds. */
  isUsers: boolean;
  /** The process, when we started one on this machine. */
  pid?: number;
  /** What this is, for people. */
  description: string;
  /** Ends what `startLocalStack` started and removes its state; does nothing to a LocalStack that was there before. */
  stop(): Promise<void>;
}
