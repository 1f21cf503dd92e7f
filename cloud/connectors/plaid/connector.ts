import { type BankConnector, BankError } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CallMade } from '../http-client.ts';
import { createClient, type PlaidKeys } from './client.ts';
import { listInstitutions } from './institutions.ts';
import { finishLink, removeItem, startLink } from './link.ts';
import { createReadNotice } from './notices.ts';
import type { Patience } from './patience.ts';
import { createSession } from './session.ts';

export interface PlaidOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly keys: PlaidKeys;
  /** Of the environment that the keys are for, without a slash at the end. */
  readonly url: string;
  /** ISO 3166-1 alpha-2: those that the client is approved for. */
  readonly countries: readonly string[];
  readonly timeoutMs?: number;
  /** For entries that Plaid is still fetching. */
  readonly readyPatience?: Patience;
  /** For what the user did on its page. */
  readonly linkPatience?: Patience;
  readonly sleep?: Patience['sleep'];
  /** For the log: every call that was made, without anything secret. */
  readonly onCall?: (call: CallMade) => void;
}

/** Plaid fetches the first entries within seconds, and the history within a minute or two. */
const readyDefault: Patience = { tries: 9, everyMs: 5_000 };
const linkDefault: Patience = { tries: 3, everyMs: 1_000 };

/** Banks that Plaid reaches, for holders of its keys; the user goes to Plaid's own page. */
export function createPlaid(options: PlaidOptions): BankConnector {
  const { fetch, clock, keys, url, countries, timeoutMs = 30_000, onCall } = options;
  const call = createClient({ fetch, clock, keys, url, timeoutMs, onCall });
  const pace = options.sleep && { sleep: options.sleep };
  const { readyPatience = { ...readyDefault, ...pace } } = options;
  const { linkPatience = { ...linkDefault, ...pace } } = options;
  const parts = { clock, readyPatience };

  return {
    id: 'plaid',

    listsOnline: true,

    institutions: () => listInstitutions(call, countries),

    startAccess: (request) => startLink(call, countries, request),

    answerConfirmation: (grant) => finishLink(call, grant, linkPatience),

    async open({ accessToken }, user) {
      if (!accessToken) throw new BankError('consent-expired', 'the grant holds no access');
      return createSession(call, accessToken, user, parts);
    },

    async revokeAccess({ accessToken }) {
      if (accessToken) await removeItem(call, accessToken);
    },

    readNotice: createReadNotice(call, clock),
  };
}
