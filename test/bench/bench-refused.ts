/** Thrown for what cannot be measured as it is asked for; the message says why, and what can. */
export class BenchRefused extends Error {
  override readonly name: string = 'BenchRefused';
}
