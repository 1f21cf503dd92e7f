import type { BankAccount, BankingInformation } from 'lib-fints';
import { addDays, dayOf } from '../../../shared/calendar-date.ts';
import {
  BankError,
  type BankErrorCode,
  type BankSession,
  ConfirmationNeeded,
  type KeepGrant,
} from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ReadStatementFile } from '../../ports/statement-files.ts';
import { findAnswered, withoutOld } from './answered.ts';
import { toAskedStep } from './confirm.ts';
import type { Dialog, DialogOf, OrderTold } from './dialog.ts';
import { type FinTsGrant, isYoung, writeGrant } from './grant.ts';
import { loadLibrary } from './message.ts';
import { daysKept, findAccount, isAllowed, statementOrderOf } from './orders.ts';
import type { Order } from './schema.ts';
import {
  FinTsRefusal,
  isAgainstRules,
  isDialogOver,
  isUnknownOrder,
  toBankError,
} from './to-bank-error.ts';
import { toAccounts, toBalance, toEntries } from './to-entries.ts';

export interface SessionParts {
  readonly grant: FinTsGrant;
  readonly clock: Clock;
  readonly read: ReadStatementFile;
  readonly keep: KeepGrant | undefined;
  readonly dialogOf: DialogOf;
}

/** After these no other call would be answered, and a rejected PIN must not be sent again: banks lock after three. */
const endings: ReadonlySet<string> = new Set<BankErrorCode>([
  'login-rejected',
  'account-locked',
  'consent-expired',
  'provider-not-configured',
  'needs-confirmation',
]);
/** A card tells its balance with its entries, and where there are none, none. */
const cardDays = 30;
/** Every bank gives as many, most without a TAN. */
const usualDays = 31;
/** What we say ourselves, without the bank: the dialog is as it was. */
const ofOneAccount: ReadonlySet<string> = new Set(['account-gone', 'period-not-available']);

/**
 * One dialog for all calls, begun at the first of them. One that its user has just confirmed is gone on with, and left open
 * for the next session: some banks ask for a TAN at the beginning of each.
 */
export function createBankSession(parts: SessionParts): BankSession {
  const { clock, keep, read, dialogOf } = parts;
  let grant = withoutOld(parts.grant, clock.now());
  let kept = JSON.stringify(writeGrant(parts.grant));
  let dialog: Dialog | undefined;
  /** It was confirmed in the last minutes, so it stays open. */
  let isConfirmed = false;
  /** The accounts that this dialog told were given out. */
  let areTold = false;
  let isAsked = false;
  /** Orders that the bank has announced, and does not know when they come. */
  const refused = new Set<string>();
  let turn: Promise<unknown> = Promise.resolve();
  let ended: BankError | undefined;

  /** A dialog takes one message at a time. */
  function inTurn<Result>(call: () => Promise<Result>): Promise<Result> {
    const run = async () => {
      if (ended) throw ended;
      try {
        return await call();
      } catch (error) {
        const failure = toBankError(error);
        if (!(failure instanceof BankError)) throw failure;
        if (endings.has(failure.code)) ended = failure;
        const isAlive = error instanceof FinTsRefusal && !isDialogOver(error) && !ended;
        // Otherwise nobody knows which message the bank has seen last, or a wrong PIN would end it.
        if (!isAlive && !isAsked && !ofOneAccount.has(failure.code)) dialog = undefined;
        throw failure;
      }
    };
    const result = turn.then(run, run);
    turn = result.catch(() => undefined);
    return result;
  }

  async function open(wants: 'accounts' | 'order'): Promise<Dialog> {
    const { dialog: left, ...rest } = grant;
    grant = rest;
    if (left && isYoung(left.at, clock.now())) {
      dialog = await dialogOf(grant, left);
      isConfirmed = true;
    }
    const isEnough =
      wants === 'order' || (!areTold && (isConfirmed || dialog?.state().hasAccounts));
    if (dialog && isEnough) return dialog;
    await dialog?.end();
    return begin(wants);
  }

  /** Banks tell accounts again only to who does not know them; some forget to count up when there is a new one. */
  async function begin(wants: 'accounts' | 'order'): Promise<Dialog> {
    const known = wants === 'accounts' ? withUnknownAccounts(grant.known) : grant.known;
    dialog = undefined;
    isConfirmed = false;
    areTold = false;
    const begun = await dialogOf({ ...grant, known });
    const told = await begun.begin();
    if (told.kind === 'tan') {
      isAsked = true;
      throw new ConfirmationNeeded(toAskedStep({ ...grant, known }, begun, told, clock.now()));
    }
    dialog = begun;
    await begun.readIbans();
    grant = { ...grant, known: begun.known() };
    await keepIfNew(grant);
    return begun;
  }

  async function keepIfNew(next: FinTsGrant): Promise<void> {
    const written = JSON.stringify(writeGrant(next));
    if (!keep || written === kept) return;
    kept = written;
    await keep(writeGrant(next));
  }

  /**
   * Asks in the open dialog; once more in a new one where the one that was left is over, and for MT940 where the bank has
   * announced CAMT and does not know the order for it.
   */
  async function ask(accountId: string, orderOf: OrderFor): Promise<readonly string[] | undefined> {
    const send = async (begun: Dialog): Promise<OrderSent | undefined> => {
      const account = findAccount(begun.known(), accountId);
      const order = orderOf(begun, account);
      if (!order) return undefined;
      try {
        return { ...(await begun.run(order)), order };
      } catch (error) {
        const isOver = isDialogOver(error);
        const isUnknown =
          isUnknownOrder(error) &&
          order.segId === 'HKCAZ' &&
          isAllowed(begun.known(), account, 'HKKAZ');
        if (!isUnknown && !(isConfirmed && isOver)) throw error;
        if (isUnknown) refused.add(order.segId);
        return send(isOver ? await begin('order') : begun);
      }
    };
    const told = await send(await open('order'));
    if (!told || !dialog) return undefined;
    if (told.kind === 'tan') {
      isAsked = true;
      throw new ConfirmationNeeded(toAskedStep(grant, dialog, told, clock.now(), told));
    }
    if (isConfirmed) await keepIfNew({ ...grant, dialog: dialog.state() });
    return told.parts;
  }

  return {
    accounts: () =>
      inTurn(async () => {
        await open('accounts');
        areTold = true;
        return toAccounts(grant.known);
      }),

    balance: (accountId) =>
      inTurn(async () => {
        const from = addDays(dayOf(clock.now()), -cardDays);
        const orders = [
          { segId: 'HKSAL', accountId },
          { segId: 'DKKKU', accountId, from },
        ] as const;
        const answer =
          findAnswered(grant, orders[0]) ??
          findAnswered(grant, orders[1]) ??
          (await ask(accountId, (begun, account) =>
            orders.find(({ segId }) => isAllowed(begun.known(), account, segId)),
          ));
        return toBalance(await loadLibrary(), answer ?? []);
      }),

    async *entries(accountId, { from, to }) {
      yield await inTurn(async () => {
        const wanted = { accountId, from, ...(to && { to }) };
        const today = dayOf(clock.now());
        const answer =
          findAnswered(grant, wanted) ??
          (await ask(accountId, (begun, account) => {
            const segId = statementOrderOf(begun.known(), account, refused);
            if (!segId) return undefined;
            const days = daysKept(begun.known(), segId);
            const earliest = days === undefined ? from : addDays(today, -days);
            if (from < earliest) throw new BankError('period-not-available', segId, { earliest });
            return { ...wanted, segId };
          }).catch((error: unknown) => {
            const isOfDays = isAgainstRules(error) && from < addDays(today, -usualDays);
            throw isOfDays ? new BankError('period-not-available', error.message) : error;
          }));
        const { currency } = findAccount(grant.known, accountId);
        return { entries: toEntries(answer ?? [], read, currency) };
      });
    },

    async close() {
      await turn;
      if (!isAsked && !isConfirmed) await dialog?.end();
    },
  };
}

/** As if they were of an older version than any: the bank then tells them. */
function withUnknownAccounts({ upd, ...known }: BankingInformation): BankingInformation {
  return { ...known, ...(upd && { upd: { ...upd, version: 0 } }) };
}

type OrderSent = OrderTold & { readonly order: Order };

/** What is to be asked of an account; undefined where the bank tells nothing of the kind. */
type OrderFor = (begun: Dialog, account: BankAccount) => Order | undefined;
