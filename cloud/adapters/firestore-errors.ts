import { StoreConflict, StoreRefusal, StoreUnavailable } from '../ports/store.ts';

/** What the store throws for an error of the Firestore client; what is none of Firestore's stays as it is. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof StoreConflict || error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  if (code === codes.invalidArgument) {
    return new StoreRefusal('Firestore refuses what was asked', { cause: error });
  }
  const sentence = sentences[code] ?? `Firestore failed (status ${code}). Try again later.`;
  return new StoreUnavailable(sentence, { cause: error });
}

/** True where a precondition did not hold, or where others wrote the same documents at the same time. */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && conflicts.has(code);
}

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const codes = {
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  unavailable: 14,
  unauthenticated: 16,
} as const;

const conflicts = new Set<number>([
  // An update of a document that is gone.
  codes.notFound,
  codes.alreadyExists,
  codes.failedPrecondition,
  codes.aborted,
]);

const noPermission =
  'Firestore refuses this service account. Give it the role Cloud Datastore User (roles/datastore.user).';

const sentences: Readonly<Record<number, string>> = {
  [codes.deadlineExceeded]: 'Firestore did not answer in time. Try again.',
  [codes.notFound]: 'This project has no Firestore database. Make one in the Firebase console.',
  [codes.permissionDenied]: noPermission,
  [codes.resourceExhausted]: 'The quota of Firestore is used up. Try again later, or raise it.',
  [codes.failedPrecondition]:
    'Firestore lacks an index. Deploy firestore.indexes.json: npx firebase-tools deploy --only firestore',
  [codes.unavailable]: 'Firestore cannot be reached. Try again.',
  [codes.unauthenticated]: noPermission,
};

function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'number' ? code : undefined;
}
