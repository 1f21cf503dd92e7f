import type { BankingInformation } from 'lib-fints';
import { z } from 'zod';
import { type Instant, msBetween } from '../../../shared/calendar-date.ts';
import { BankError, type Grant } from '../../ports/bank-connector.ts';
import { jsonText } from '../json-setting.ts';
import { answeredRead, askedRead, dialogRead, loginRead } from './schema.ts';

/** A user's login at a bank, and how the user confirms. */
export type Login = z.infer<typeof loginRead>;

/** A dialog that is open at the bank. */
export type OpenDialog = z.infer<typeof dialogRead>;

/** What the bank has asked, and with what to go on. */
export type Asked = z.infer<typeof askedRead>;

/** What the bank told after a confirmation, for the call that is made again. */
export type Answered = z.infer<typeof answeredRead>;

/** What is kept between calls. */
export interface FinTsGrant {
  readonly institutionId: string;
  readonly login: Login;
  /** What the bank has told of itself and of the user's accounts. */
  readonly known: BankingInformation;
  /** One that its user has confirmed, and that goes on where it was left. */
  readonly dialog?: OpenDialog | undefined;
  readonly asked?: Asked | undefined;
  readonly answered?: readonly Answered[] | undefined;
}

const grantRead = z.object({
  institutionId: z.string(),
  login: jsonText.pipe(loginRead),
  known: jsonText.pipe(z.custom<BankingInformation>((it) => typeof it === 'object' && it !== null)),
  dialog: jsonText.pipe(dialogRead).optional(),
  asked: jsonText.pipe(askedRead).optional(),
  answered: jsonText.pipe(z.array(answeredRead)).optional(),
});

export function writeGrant(grant: FinTsGrant): Grant {
  const { institutionId, login, known, dialog, asked, answered } = grant;
  return {
    institutionId,
    login: JSON.stringify(login),
    known: JSON.stringify(trim(known)),
    ...(dialog && { dialog: JSON.stringify(dialog) }),
    ...(asked && { asked: JSON.stringify(asked) }),
    ...(answered && { answered: JSON.stringify(answered) }),
  };
}

/** @throws BankError `consent-expired` for one that this connector never wrote */
export function readGrant(grant: Grant): FinTsGrant {
  const read = grantRead.safeParse(grant);
  if (!read.success) throw new BankError('consent-expired', 'the grant holds no login');
  return read.data;
}

/** Orders that are sent; banks tell of hundreds, which are of no use here. */
const usedOrders: ReadonlySet<string> = new Set('HKSAL HKKAZ HKCAZ DKKKU HKTAB HKSPA'.split(' '));

/** Without what is never asked for again: a tenth of what banks tell, and no letters to the user. */
function trim({ systemId, bpd, upd }: BankingInformation): BankingInformation {
  const isUsed = ({ transId }: { readonly transId: string }) => usedOrders.has(transId);
  return {
    systemId,
    bankMessages: [],
    ...(bpd && {
      bpd: {
        ...bpd,
        allowedTransactions: bpd.allowedTransactions.filter(isUsed),
        supportedTanMethods: bpd.supportedTanMethods.filter(({ id }) =>
          bpd.availableTanMethodIds.includes(id),
        ),
      },
    }),
    ...(upd && {
      upd: {
        ...upd,
        bankAccounts: upd.bankAccounts.map(({ allowedTransactions, ...account }) => ({
          ...account,
          ...(allowedTransactions && { allowedTransactions: allowedTransactions.filter(isUsed) }),
        })),
      },
    }),
  };
}

/** For how long a confirmed dialog is gone on with; a bank that ended it before says so. */
const restingMs = 10 * 60_000;

export function isYoung(at: Instant, now: Instant, ms = restingMs): boolean {
  return msBetween(at, now) < ms;
}
