import { randomUUID } from 'node:crypto';
import type { Collection } from '../../cloud/ports/store.ts';

/** The documents of the contract's tests. */
export interface Note {
  readonly text?: string;
  readonly owner?: string;
  readonly dueAt?: string;
  readonly more?: unknown;
}

/** One of its own for each test: a store may hold what other tests left. */
export function freshCollection(): Collection<Note> {
  return { name: `notes${randomUUID().replaceAll('-', '')}`, indexed: ['owner', 'dueAt'] };
}
