/** How often Plaid is asked for what it does not know yet, the first time included, and how long lies between. */
export interface Patience {
  readonly tries: number;
  readonly everyMs: number;
}
