import { standIn } from './stand-in.ts';

/** The document's lock among all calls that run: who holds it, 0 for nobody. */
export interface DocumentLock {
  readonly cell: Int32Array<SharedArrayBuffer>;
  /** Of this worker, above 0. */
  readonly holder: number;
}

/** LockService with the document's lock, which also ends with the call that holds it. */
export function createLockService(lock: DocumentLock): object {
  return standIn('LockService', {
    getDocumentLock: () =>
      standIn('Lock', {
        tryLock: (timeoutMs: number) => tryLock(lock, timeoutMs),
        hasLock: () => Atomics.load(lock.cell, 0) === lock.holder,
        releaseLock: () => releaseLock(lock),
      }),
  });
}

/** Gives the lock back where this worker holds it. */
export function releaseLock({ cell, holder }: DocumentLock): void {
  if (Atomics.compareExchange(cell, 0, holder, 0) === holder) Atomics.notify(cell, 0);
}

function tryLock({ cell, holder }: DocumentLock, timeoutMs: number): boolean {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const current = Atomics.compareExchange(cell, 0, 0, holder);
    if (current === 0 || current === holder) return true;
    const leftMs = until - Date.now();
    if (leftMs <= 0) return false;
    Atomics.wait(cell, 0, current, leftMs);
  }
}
