import { createHmac } from 'node:crypto';
import type { Clock, Ids } from '../../ports/clock.ts';
import type { Accounts } from './accounts.ts';
import type { Consents } from './consents.ts';

/** A notice as it was sent, to be sent once more. */
interface SentNotice {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who asked for notices waits for none, and who gets one has this long. */
const answerMs = 5_000;

export type Notices = ReturnType<typeof createNotices>;

/**
 * Tells whoever has a consent for an account, and named a TPP-Notification-URI, that something happened in it. The
 * standard leaves the signature open; this bank signs by the rules of Standard Webhooks 1.0.0
 * (https://www.standardwebhooks.com). Without a secret nothing is sent.
 */
export function createNotices({
  accounts,
  consents,
  clock,
  ids,
  secret,
}: {
  accounts: Accounts;
  consents: Consents;
  clock: Clock;
  ids: Ids;
  /** `whsec_` and the key in Base64, or any other text, whose bytes are the key. */
  secret: string | undefined;
}) {
  let last: SentNotice | undefined;

  /** The status that each receiver answered; 0 for one that did not. */
  async function send(notice: SentNotice): Promise<number> {
    last = notice;
    try {
      const { url, headers, body } = notice;
      const signal = AbortSignal.timeout(answerMs);
      const answer = await fetch(url, {
        method: 'POST',
        headers,
        body,
        signal,
        redirect: 'manual',
      });
      await answer.body?.cancel();
      return answer.status;
    } catch (error) {
      // What fetch throws for a receiver that is not there, or is silent for too long.
      if (['TypeError', 'TimeoutError'].includes((error as Error).name)) return 0;
      throw error;
    }
  }

  function sign(consentId: string, url: string, key: string): SentNotice {
    const id = ids.next('notice');
    const at = clock.now();
    const timestamp = String(Math.floor(Date.parse(at) / 1_000));
    const body = JSON.stringify({ consentId, at });
    const signature = createHmac('sha256', keyOf(key)).update(`${id}.${timestamp}.${body}`);
    return {
      url,
      body,
      headers: {
        'Content-Type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature.digest('base64')}`,
      },
    };
  }

  return {
    /** Whether the bank will send notices there: a made-up bank tells programs of this machine alone. */
    isServed(url: string): boolean {
      return secret !== undefined && isLoopback(url);
    },

    /** Tells everybody who wants to know of this account; the status that each answered, 0 for none. */
    async notify(account: string): Promise<readonly number[]> {
      if (secret === undefined) return [];
      const told: Promise<number>[] = [];
      for (const login of accounts.holdersOf(account)) {
        const own = accounts.inOpenBanking(login).map(({ key }) => key);
        for (const { key, value } of await consents.heldBy(login)) {
          const { notificationUrl } = value;
          const isShown = Object.values(consents.accountsOf(value, own)).includes(account);
          if (notificationUrl === undefined || !isShown) continue;
          told.push(send(sign(key, notificationUrl, secret)));
        }
      }
      return Promise.all(told);
    },

    /** The last one once more, byte for byte, as somebody would who caught it on its way. */
    async repeat(): Promise<number> {
      if (!last) throw new RangeError('no notice was sent yet');
      return send(last);
    },
  };
}

function isLoopback(url: string): boolean {
  const { protocol = '', hostname = '' } = URL.parse(url) ?? {};
  return /^https?:$/.test(protocol) && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

function keyOf(secret: string): Buffer {
  const prefix = 'whsec_';
  if (!secret.startsWith(prefix)) return Buffer.from(secret, 'utf8');
  return Buffer.from(secret.slice(prefix.length), 'base64');
}
