import { expect } from '@jest/globals';
import fc from 'fast-check';
import {
  type Collection,
  type Expect,
  type Query,
  type Store,
  StoreConflict,
  write,
} from '../../cloud/ports/store.ts';
import type { Note } from './store-notes.ts';

/** A write by the place of its key and by what it expects of a document that the model knows. */
interface PlannedWrite {
  readonly key: string;
  readonly value: Note | null;
  readonly expects: 'absent' | 'any' | 'now' | 'before';
}

/** What the model holds: every version that a document ever had, the newest last, and its value while it exists. */
type Model = Map<string, { readonly versions: readonly string[]; readonly value: Note | null }>;

const owners = ['ann', 'bob', 'Zoë', '🌻', '～'] as const;
const note = fc.record(
  { owner: fc.constantFrom(...owners), text: fc.string({ unit: 'grapheme', maxLength: 20 }) },
  { requiredKeys: [] },
);
const plannedWrite: fc.Arbitrary<PlannedWrite> = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  value: fc.option(note, { freq: 4 }),
  expects: fc.constantFrom('absent', 'any', 'now', 'before'),
});
const plan = fc.array(
  fc.uniqueArray(plannedWrite, { minLength: 1, maxLength: 3, selector: ({ key }) => key }),
  { minLength: 1, maxLength: 12 },
);

/** Runs random commits against the store and a map, and compares answers, documents and finds after each. */
export async function checkAgainstModel(
  store: Store,
  freshCollection: () => Collection<Note>,
): Promise<void> {
  const property = fc.asyncProperty(plan, async (commits) => {
    const notes = freshCollection();
    const model: Model = new Map();
    for (const planned of commits) {
      await commitBoth(store, notes, model, planned);
      await compare(store, notes, model);
    }
  });
  await fc.assert(property, { numRuns: 25 });
}

async function commitBoth(
  store: Store,
  notes: Collection<Note>,
  model: Model,
  planned: readonly PlannedWrite[],
): Promise<void> {
  const writes = planned.map(({ key, value, expects }) =>
    write(notes, key, value, expectOf(model, key, expects)),
  );
  const commit = store.commit(writes);
  if (!planned.every(({ key, expects }) => holds(model, key, expects))) {
    await expect(commit).rejects.toThrow(StoreConflict);
    return;
  }
  const versions = await commit;
  planned.forEach(({ key, value }, index) => {
    const known = model.get(key)?.versions ?? [];
    const version = versions[index] ?? '';
    expect(known).not.toContain(version);
    model.set(key, { value, versions: value === null ? known : [...known, version] });
  });
}

async function compare(store: Store, notes: Collection<Note>, model: Model): Promise<void> {
  const kept = [...model].flatMap(([key, { value, versions }]) =>
    value === null ? [] : [{ key, version: versions.at(-1), value }],
  );
  const keys = ['d', 'c', 'b', 'a'];
  expect(await store.getMany(notes, keys)).toEqual(
    keys.flatMap((key) => kept.filter((doc) => doc.key === key)),
  );
  const query: Query<Note> = { field: 'owner', op: '<=', value: '～', limit: 3 };
  const due = kept.filter(({ value }) => bytewise(value.owner ?? '\u{10ffff}', query.value) <= 0);
  due.sort((a, b) => bytewise(a.value.owner ?? '', b.value.owner ?? '') || bytewise(a.key, b.key));
  expect(await store.find(notes, query)).toEqual(due.slice(0, 3));
}

/** A version that none has stands in where the document never had one, or only one. */
function expectOf(model: Model, key: string, expects: PlannedWrite['expects']): Expect {
  if (expects === 'absent' || expects === 'any') return expects;
  const versions = model.get(key)?.versions ?? [];
  return { version: versions.at(expects === 'now' ? -1 : -2) ?? 'none' };
}

function holds(model: Model, key: string, expects: PlannedWrite['expects']): boolean {
  const exists = (model.get(key)?.value ?? null) !== null;
  if (expects === 'absent') return !exists;
  return expects === 'any' || (expects === 'now' && exists);
}

function bytewise(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
