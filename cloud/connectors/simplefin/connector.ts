import type { Institution } from '../../../shared/bank.ts';
import { type BankConnector, BankError } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CallMade } from '../http-client.ts';
import { accessOf, accessOfGrant, claimUrlOf, createHosts } from './addresses.ts';
import { createClient } from './client.ts';
import { createSession, historyDays } from './session.ts';

export interface SimplefinOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Hosts of other SimpleFIN servers than the Bridge's, with their ports where these are not 443. */
  readonly hosts?: readonly string[];
  readonly timeoutMs?: number;
  /** For the log: every call that was made, without anything secret. */
  readonly onCall?: (call: CallMade) => void;
}

/** Of the institution's field. */
const setupToken = 'setup-token';

const bridge = {
  connector: 'simplefin',
  name: 'SimpleFIN Bridge',
  wayIn: 'psd2',
  credentials: [
    {
      name: setupToken,
      label: 'Setup token',
      kind: 'password',
      hint:
        'Add your banks at bridge.simplefin.org, then make a token at bridge.simplefin.org/simplefin/create. ' +
        'It works once: where it is refused, disable it there and make a new one.',
    },
  ],
  historyDays,
  // The Bridge asks its banks about once a day, and counts 24 requests a day.
  unattendedPerDay: 4,
} as const;

/** One account at the Bridge holds a user's banks, in whichever of its countries they are. */
const institutions: readonly Institution[] = [
  { ...bridge, id: 'simplefin:bridge', country: 'US' },
  { ...bridge, id: 'simplefin:bridge-ca', country: 'CA' },
];

/** Banks behind the SimpleFIN Bridge, or another server of the protocol, by a token that the user pastes. */
export function createSimplefin(options: SimplefinOptions): BankConnector {
  const { fetch, clock, timeoutMs = 60_000, onCall } = options;
  const client = createClient({ fetch, clock, timeoutMs, onCall });
  const hosts = createHosts(options.hosts ?? []);

  return {
    id: 'simplefin',

    institutions: async () => institutions,

    async startAccess({ credentials }) {
      const accessUrl = await client.claim(claimUrlOf(credentials[setupToken] ?? '', hosts));
      // Before it is kept: the token is spent, and what came for it must be of use.
      accessOf(accessUrl, hosts);
      return { kind: 'granted', grant: { accessUrl: accessUrl.trim() } };
    },

    async answerConfirmation() {
      throw new BankError('confirmation-expired', 'a token is asked for nothing more');
    },

    open: async (grant) => createSession(client, accessOfGrant(grant, hosts), clock),

    /** The protocol has no way to give an access back: the user disables it at the Bridge. */
    async revokeAccess() {},
  };
}
