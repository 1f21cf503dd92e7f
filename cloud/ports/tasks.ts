/** Work that is done soon, at least once, by whoever takes it; what happens twice must end as once. */
export type Task =
  | { readonly kind: 'sync'; readonly connectionId: string; readonly cause: SyncCause }
  | { readonly kind: 'deliver'; readonly bookId: string };

/** `historical`: as far back as the feeds go, which a bank may give only after a confirmation. */
export type SyncCause = 'scheduled' | 'manual' | 'connected' | 'historical';

export interface Tasks {
  /** Returns once the task is accepted, not once it is done. */
  enqueue(task: Task): Promise<void>;
}
