import { createHash } from 'node:crypto';

export type AccountIds = ReturnType<typeof createAccountIds>;

/** Under which ids the bank shows its accounts, to whom it gave a consent or whose browser it remembers. */
export function createAccountIds() {
  let issued: 'same' | 'new' = 'same';
  let salt = '';
  let newest: () => Readonly<Record<string, string>> = () => ({});

  return {
    /** Whether consents and logins from now on show accounts under the ids of the newest one or under new ones. */
    issue(kind: 'same' | 'new'): void {
      issued = kind;
    },

    /** What the ids are made with under a consent or a remembered browser that is new now; `id` is its own. */
    nextSalt(id: string): string {
      if (issued === 'new') salt = id;
      return salt;
    },

    salt: () => salt,

    /** The newest consent or remembered browser shows accounts so: their keys by their ids. */
    setNewest(show: () => Readonly<Record<string, string>>): void {
      newest = show;
    },

    newest: () => newest(),
  };
}

/** The id of an account under a consent. */
export function accountIdOf(key: string, salt: string): string {
  const hash = createHash('sha256').update(`${salt}|${key}`).digest('hex');
  return hash.slice(0, 32);
}

/** The id of an account on the bank's own pages, which is another than under a consent. */
export function onlineAccountIdOf(key: string, salt: string): string {
  return accountIdOf(key, `online ${salt}`);
}
