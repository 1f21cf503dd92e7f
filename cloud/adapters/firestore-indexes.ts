import type { AnyCollection } from '../ports/store-limits.ts';

interface FieldOverride {
  readonly collectionGroup: string;
  readonly fieldPath: string;
  readonly ttl: false;
  readonly indexes: readonly { readonly order: 'ASCENDING'; readonly queryScope: 'COLLECTION' }[];
}

/**
 * What firestore.indexes.json says, from the collections alone.
 *
 * No composite index: find() compares and orders by one field, and every index on a single field ends with the key in
 * the same direction, which gives the order by key among equals (https://firebase.google.com/docs/firestore/query-data/index-overview).
 *
 * No index at all on anything but the fields that are searched: Firestore indexes every field by itself, which for a
 * statement page would be thousands of entries a write (40,000 is its limit a document) and would hold bank texts in
 * them. Fields in a map take the setting of the map unless they have one of their own.
 */
export function firestoreIndexes(collections: readonly AnyCollection[]): {
  readonly indexes: readonly never[];
  readonly fieldOverrides: readonly FieldOverride[];
} {
  const fieldOverrides = collections.flatMap(({ name, indexed }) => [
    override(name, 'commitId', []),
    override(name, 'value', []),
    ...indexed.map((field) =>
      override(name, `value.${field}`, [{ order: 'ASCENDING', queryScope: 'COLLECTION' }]),
    ),
  ]);
  return { indexes: [], fieldOverrides };
}

function override(
  collectionGroup: string,
  fieldPath: string,
  indexes: FieldOverride['indexes'],
): FieldOverride {
  return { collectionGroup, fieldPath, ttl: false, indexes };
}
