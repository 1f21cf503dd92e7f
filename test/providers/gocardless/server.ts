import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ConsentStatus } from '../../../cloud/local/bank/consents.ts';
import type { DataCall } from '../../../cloud/local/bank/control.ts';
import type { SandboxParts } from '../../../cloud/local/bank/sandbox-bank.ts';
import type { ObservedEntry } from '../../../shared/bank.ts';
import { dayOf, isCalendarDate } from '../../../shared/calendar-date.ts';
import { answerArranged, limited, Refused, refused, refusedField, toResponse } from './refusal.ts';
import type { Requisition, Requisitions } from './requisitions.ts';
import { toBalances, toDetails, toMetadata, toTransaction } from './to-provider.ts';
import { mountTokens, type Secrets } from './tokens.ts';

export interface SideOptions {
  readonly parts: SandboxParts;
  readonly requisitions: Requisitions;
  readonly secrets: Secrets;
  /** `supported_features` of the Sandbox Bank. */
  readonly features?: readonly string[];
  /** Days of access that the bank grants at most, where it is less than is listed. */
  readonly grantsDays?: number;
  /**
   * Whether calls are counted against the bank's limit; the user's presence is nothing that
   * GoCardless knows.
   */
  readonly isCounted?: boolean;
  /** A bank that is to be silent keeps GoCardless silent too. */
  readonly isSilent?: boolean;
}

const days = z.int().min(1);
const agreementRequest = z.strictObject({
  institution_id: z.string(),
  max_historical_days: days.max(730).default(90),
  access_valid_for_days: days.max(180).default(90),
  access_scope: z.array(z.enum(['balances', 'details', 'transactions'])),
});
const requisitionRequest = z.strictObject({
  redirect: z.url(),
  institution_id: z.string(),
  agreement: z.string(),
  account_selection: z.boolean().optional(),
});
const day = z.string().refine(isCalendarDate);
const entriesQuery = z.strictObject({ date_from: day.optional(), date_to: day.optional() });

/** Revoked at the bank it stays linked; only calls for its accounts find out. */
const statusOfConsent: Readonly<Record<ConsentStatus, string>> = {
  received: 'CR',
  partiallyAuthorised: 'UA',
  valid: 'LN',
  rejected: 'RJ',
  expired: 'EX',
  revokedByPsu: 'EX',
  terminatedByTpp: 'EX',
};
const statusOfFailure: Readonly<Record<string, string>> = {
  'consent-expired': 'EX',
  'account-locked': 'SU',
  'needs-confirmation': 'UA',
};

/** The Sandbox Bank behind GoCardless Bank Account Data v2, by what is published of it. */
export function createGoCardlessSide(options: SideOptions) {
  const { parts, requisitions, secrets, features = [] } = options;
  const { accounts, consents, clock, traits, failures, fetches } = parts;
  const app = new Hono();
  const bank = {
    id: 'SANDBOX_SANDDEFF',
    name: 'Sandbox Bank',
    bic: 'SANDDEFFXXX',
    transaction_total_days: String(traits.historyDaysAfterConfirmation),
    max_access_valid_for_days: String(traits.consentDays),
    countries: ['DE'],
    logo: 'https://logos.example/sandbox.png',
  };
  const banks = [
    bank,
    { ...bank, id: 'N26_NTSBDEB1', name: 'Numbers', countries: ['AT', 'DE', 'FR'] },
  ];

  app.onError((error) => {
    if (error instanceof Refused) return toResponse(error);
    if (process.env['BOOKFEED_DEBUG']) process.stderr.write(String(error.stack));
    return new Response(null, { status: 500 });
  });
  const tokens = mountTokens(app, clock, secrets);
  app.use('/api/v2/*', async (c, next) => {
    tokens.require(c);
    await next();
  });

  app.get('/api/v2/institutions/', (c) => {
    const country = c.req.query('country')?.toUpperCase();
    return c.json(banks.filter(({ countries }) => !country || countries.includes(country)));
  });
  app.get('/api/v2/institutions/:id/', (c) => {
    const found = banks.find(({ id }) => id === c.req.param('id'));
    if (!found) throw refused(404, 'Not found.');
    return c.json({ ...found, supported_features: features, supported_payments: {} });
  });

  app.post('/api/v2/agreements/enduser/', async (c) => {
    const asked = agreementRequest.safeParse(await c.req.json()).data;
    if (!asked) throw refusedField('access_scope', 'Unknown access scope');
    const { grantsDays = traits.consentDays } = options;
    if (asked.access_valid_for_days > grantsDays) {
      throw refusedField('access_valid_for_days', 'Incorrect access_valid_for_days');
    }
    if (asked.max_historical_days > Number(bank.transaction_total_days)) {
      throw refusedField('max_historical_days', 'Incorrect max_historical_days');
    }
    return c.json(requisitions.createAgreement(asked), 201);
  });
  app.get('/api/v2/agreements/enduser/:id/', async (c) =>
    c.json(await requisitions.agreement(c.req.param('id'))),
  );

  app.post('/api/v2/requisitions/', async (c) => {
    const asked = requisitionRequest.safeParse(await c.req.json()).data;
    if (asked?.institution_id !== bank.id) throw refusedField('institution_id', 'Unknown');
    if (asked.account_selection && !features.includes('account_selection')) {
      throw refused(400, 'Account selection not supported');
    }
    const requisition = await requisitions.create(asked.agreement, asked.redirect);
    return c.json(await shown(c, requisition), 201);
  });
  app.get('/api/v2/requisitions/:id/', async (c) => {
    const requisition = requisitions.byId(c.req.param('id'));
    const isLinked = (await requisitions.statusOf(requisition)) === 'valid';
    if (!isLinked) return c.json(await shown(c, requisition));
    const arrived = { call: 'accounts', page: 1, consentId: requisition.consentId } as const;
    failures.count(arrived);
    const failure = failures.take(arrived);
    const told = failure && statusOfFailure[failure.with];
    if (failure && !told) return arranged(c, failure);
    return c.json({ ...(await shown(c, requisition)), ...(told && { status: told }) });
  });
  app.delete('/api/v2/requisitions/:id/', async (c) => {
    await requisitions.remove(c.req.param('id'));
    return c.json({ summary: 'Requisition deleted', detail: 'It is deleted with its accounts' });
  });

  app.get('/psd2/start/:id', (c) => c.html('<form method="post">Which accounts?</form>'));
  app.post('/psd2/start/:id', async (c) => {
    const { consentId, redirect, reference } = requisitions.byId(c.req.param('id'));
    const form = await c.req.parseBody();
    const customer = accounts.customer(String(form['login']));
    if (customer?.password !== form['password']) return c.text('No.', 403);
    const back = new URL(redirect);
    back.searchParams.set('ref', reference);
    const keys = accounts.inOpenBanking(customer?.login ?? '').map(({ key }) => key);
    if (form['decision'] === 'allow') {
      await consents.decide(consentId, customer?.login, keys, true);
    } else {
      back.searchParams.set('error', 'UserCancelledSession');
      back.searchParams.set('details', 'User cancelled the session');
    }
    return c.redirect(back.href, 302);
  });

  app.get('/api/v2/accounts/:id/', async (c) => {
    const id = c.req.param('id');
    const { account } = await requisitions.account(id);
    return c.json(toMetadata(account, id, clock.now()));
  });
  app.get('/api/v2/accounts/:id/details/', async (c) => {
    const { account } = await admitTo(c, 'details');
    return c.json({ account: toDetails(account, c.req.param('id')) });
  });
  app.get('/api/v2/accounts/:id/balances/', async (c) => {
    const { account, arrangedAnswer } = await admitTo(c, 'balances');
    if (arrangedAnswer) return arrangedAnswer;
    const { balance = {} } = await accounts.statement(account);
    return c.json({ balances: toBalances(balance, dayOf(clock.now())) });
  });
  app.get('/api/v2/accounts/:id/transactions/', async (c) => {
    const asked = entriesQuery.safeParse(c.req.query()).data;
    if (!asked) throw refusedField('date_from', 'Incorrect date_from');
    const { date_from: from, date_to: to } = asked;
    const { requisition, account, arrangedAnswer } = await admitTo(c, 'entries', from);
    if (arrangedAnswer) return arrangedAnswer;
    const request = {
      accessId: requisition.consentId,
      account,
      from: requisitions.firstDay(requisition, from),
      ...(to && { to }),
      bookingStatus: 'both',
      showsBalanceAfter: traits.balanceAfter,
    } as const;
    const entries: ObservedEntry[] = [];
    for (let index = 0, hasNext = true; hasNext; index += 1) {
      const page = await fetches.page(request, index);
      entries.push(...page.entries);
      hasNext = page.hasNext;
    }
    const those = (status: string) =>
      entries.filter((entry) => entry.status === status).map(toTransaction);
    const transactions = { booked: those('booked'), pending: those('pending') };
    return c.json({ transactions, last_updated: clock.now() });
  });

  async function shown(c: Context, requisition: Requisition) {
    const { id, redirect, reference, agreement } = requisition;
    const linked = await requisitions.accountsOf(requisition);
    return {
      id,
      created: agreement.created,
      redirect,
      status: statusOfConsent[await requisitions.statusOf(requisition)],
      institution_id: bank.id,
      agreement: agreement.id,
      reference,
      accounts: linked.map((one) => one.id),
      user_language: 'EN',
      link: `${new URL(c.req.url).origin}/psd2/start/${id}`,
      ssn: null,
      account_selection: false,
      redirect_immediate: false,
    };
  }

  /** Counts a call of a bank; `arrangedAnswer` is what it is told in the place of the truth. */
  async function admitTo(c: Context, call: DataCall | 'details', from?: string) {
    const { requisition, account, status } = await requisitions.account(c.req.param('id') ?? '');
    const { consentId, agreement } = requisition;
    if (status === 'expired') {
      throw refused(401, `End User Agreement (EUA) ${agreement.id} has expired`);
    }
    if (status !== 'valid') throw refused(401, "Couldn't update account", 'AccessExpiredError');
    if (options.isCounted) {
      const wait = await consents.countUnattended(consentId, `${account.key}.${call}`);
      if (wait !== undefined) throw limited(wait);
    }
    if (call === 'details') return { requisition, account };
    const { key } = account;
    const arrived = { call, page: 1, account: key, consentId, ...(from && { from }) };
    failures.count(arrived);
    const failure = failures.take(arrived);
    return { requisition, account, arrangedAnswer: failure && (await arranged(c, failure)) };
  }

  function arranged(c: Context, failure: NonNullable<ReturnType<typeof failures.take>>) {
    const { with: code, retryAfterSeconds } = failure;
    return answerArranged(code, retryAfterSeconds, c.req.raw.signal, options.isSilent === true);
  }

  return { app, forgetTokens: tokens.forget };
}
