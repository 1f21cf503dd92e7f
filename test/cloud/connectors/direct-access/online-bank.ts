import { launchChromium } from '../../../../cloud/adapters/launch-chromium.ts';
import { openSqliteStore } from '../../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../../cloud/adapters/system-clock.ts';
import type { BankLogin } from '../../../../cloud/connectors/direct-access/bank-login.ts';
import {
  createDirectAccess,
  type DirectAccessOptions,
} from '../../../../cloud/connectors/direct-access/connector.ts';
import { sandboxBankLogin } from '../../../../cloud/connectors/direct-access/logins/sandbox-bank.ts';
import {
  createSandboxBank,
  type SandboxBankOptions,
} from '../../../../cloud/local/bank/sandbox-bank.ts';
import { listen } from '../../../../cloud/local/listen.ts';
import type { Grant } from '../../../../cloud/ports/bank-connector.ts';
import type { ConfirmationAnswer } from '../../../../shared/confirmation.ts';
import { createTestClock, user } from '../../local/bank/bank-server.ts';

export const clara = { login: 'clara', password: 'sandbox' };

/** A bank's website at `url` behind the connector. */
export function readSite(
  url: string,
  options: Pick<DirectAccessOptions, 'clock'> &
    Partial<DirectAccessOptions> & { readonly login?: BankLogin },
) {
  const { login = sandboxBankLogin, ...rest } = options;
  const institution = {
    id: 'direct-access:sandbox-bank',
    connector: 'direct-access',
    name: 'Sandbox Bank',
    country: 'DE',
    wayIn: 'login',
    historyDays: 90,
  } as const;
  const banks = [{ institution, baseUrl: url, login }];
  const connector = createDirectAccess({
    launch: launchChromium,
    stepMs: 5_000,
    warmMs: 60_000,
    ...rest,
    banks,
  });
  const start = (credentials: Readonly<Record<string, string>> = clara) =>
    connector.startAccess({
      institution,
      redirectUrl: 'http://127.0.0.1:4711/bank-callback?state=s1',
      notificationUrl: 'http://127.0.0.1:4711/hooks/direct-access',
      validUntil: '2026-08-31',
      credentials,
      user,
    });
  return { connector, institution, start };
}

/** The Sandbox Bank on a free port, its website read in Chromium. */
export async function startOnlineBank(
  options: Partial<SandboxBankOptions> & {
    readonly connector?: Partial<DirectAccessOptions>;
    readonly watch?: (request: Request) => void;
  } = {},
) {
  const clock = createTestClock('2026-03-10T12:00:00.000Z');
  const store = openSqliteStore(':memory:');
  const defects: Error[] = [];
  const onDefect = (error: Error) => defects.push(error);
  const bank = createSandboxBank({ clock, ids: randomIds, onDefect, ...options, store });
  const server = await listen((request) => {
    options.watch?.(request);
    return bank.app.fetch(request);
  }, 0);
  const site = readSite(server.url, { clock, ...options.connector });

  /** Answers until the bank gives access, with what the customer's phone shows. */
  async function confirm(asked: Grant, login = 'clara'): Promise<Grant> {
    let grant = asked;
    for (let times = 0; times < 5; times += 1) {
      const answer = onPhone(login);
      const step = await site.connector.answerConfirmation(grant, answer, user);
      if (step.kind === 'granted') return step.grant;
      grant = step.grant;
    }
    throw new Error('the bank asks and asks');
  }

  function onPhone(login: string): ConfirmationAnswer {
    const shown = bank.control.answers(login);
    if (!shown) throw new Error('the bank asks nothing');
    if (shown.step === 'method') return { kind: 'method', id: 'sms' };
    if (shown.step === 'approval') shown.approve();
    return shown.code === undefined ? { kind: 'poll' } : { kind: 'code', text: shown.code };
  }

  return {
    ...bank,
    ...site,
    url: server.url,
    clock,
    confirm,
    async connect(credentials = clara): Promise<Grant> {
      const step = await site.start(credentials);
      if (step.kind === 'granted') return step.grant;
      return confirm(step.grant, credentials.login);
    },
    /** Also holds the bank to having had no defect. */
    async stop() {
      await site.connector.close();
      await server.close();
      await store.close();
      if (defects[0]) throw defects[0];
    },
  };
}

export type OnlineBank = Awaited<ReturnType<typeof startOnlineBank>>;
