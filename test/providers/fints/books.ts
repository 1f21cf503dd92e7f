import { accountIdOf } from '../../../cloud/local/bank/account-ids.ts';
import type { BankAccountBook } from '../../../cloud/local/bank/bank-customer.ts';
import type { SandboxParts } from '../../../cloud/local/bank/sandbox-bank.ts';
import type { ObservedEntry } from '../../../shared/bank.ts';
import { dayOf } from '../../../shared/calendar-date.ts';
import { Refused } from './came.ts';
import { commaOf, writeCardEntry, writeCardHead } from './cards.ts';
import type { AskedOrder, ServedDialog } from './dialogs.ts';
import { type BankParameters, type UserAccount, userSegments } from './parameters.ts';
import { balancesOf, writeCamt, writeSwift } from './statements.ts';
import { answer, type SentSegment } from './wire.ts';

/** An account under the number that this login sees. */
export type ShownAccount = UserAccount & { readonly book: BankAccountBook };

/** What the Sandbox Bank's books hold, in segments of FinTS. */
export function createBooks(
  { accounts, fetches, traits, clock }: SandboxParts,
  { statements, blz, cards }: BankParameters,
  saltOf: (systemId: string) => string,
) {
  function accountsOf({ user, systemId }: ServedDialog): readonly ShownAccount[] {
    const orders = ['HKSAL', 'HKKAZ', ...(statements === 'camt' ? ['HKCAZ'] : [])];
    return accounts.ofCustomer(user).map((book) => ({
      book,
      number: numberOf(book, saltOf(systemId)),
      iban: book.iban,
      holder: book.holder,
      product: book.product ?? book.name,
      currency: book.currency,
      type: book.type,
      orders: cards && book.type === 'card' ? ['DKKKU'] : orders,
    }));
  }

  function find(dialog: ServedDialog, order: AskedOrder): ShownAccount {
    const found = accountsOf(dialog).find(
      ({ number, iban }) => order.account === iban || order.account === number,
    );
    if (!found) throw new Refused([9050, 'Fehler'], [9210, 'Konto unbekannt']);
    return found;
  }

  async function tellBalance(account: ShownAccount, about: number): Promise<SentSegment[]> {
    const { balance = {} } = await accounts.statement(account.book);
    const { booked, available } = balance;
    if (!booked) return [answer(about, [3010, 'Keine Daten'])];
    const day = dayOf(clock.now()).replaceAll('-', '');
    const elements = [
      account.iban ? [account.iban, ''] : ['', '', account.number, '', 280, blz],
      account.product,
      booked.currency,
      [booked.minor < 0 ? 'D' : 'C', commaOf(booked), booked.currency, day],
      '',
      '',
      available ? [commaOf(available), available.currency] : '',
    ];
    return [{ id: 'HISAL', version: 7, about, elements }];
  }

  async function tellEntries(
    { systemId }: ServedDialog,
    { book, ...account }: ShownAccount,
    order: AskedOrder,
  ): Promise<SentSegment[]> {
    const { about, mark = '0', from = '1970-01-01', to } = order;
    const isCamt = order.segId === 'HKCAZ';
    const request = {
      accessId: systemId,
      account: book,
      from,
      ...(to && { to }),
      bookingStatus: 'both' as const,
      showsBalanceAfter: traits.balanceAfter || !isCamt,
    };
    const { entries, hasNext } = await fetches.page(request, Number(mark));
    if (entries.length === 0) return [answer(about, [3010, 'Keine Daten'])];
    const { balance = {} } = traits.balanceAfter ? await accounts.statement(book) : {};
    const { iban, ...rest } = { ...account, blz };
    const write = (which: readonly ObservedEntry[], balances = {}) => ({
      binary: (isCamt ? writeCamt : writeSwift)(
        iban ? { ...rest, iban } : rest,
        which,
        balances,
        dayOf(clock.now()),
      ),
    });
    const booked = entries.filter(({ status }) => status === 'booked');
    const noted = entries.filter(({ status }) => status !== 'booked');
    const all = write(booked, balancesOf(booked, balance));
    const more = noted.length > 0 ? write(noted) : '';
    const next = String(Number(mark) + 1);
    return [
      ...(hasNext ? [answer(about, [3040, 'Es gibt mehr', next])] : []),
      isCamt
        ? {
            id: 'HICAZ',
            version: 1,
            about,
            elements: [[iban ?? '', '', rest.number], 'urn:camt', [all], [more]],
          }
        : { id: 'HIKAZ', version: 7, about, elements: [booked.length > 0 ? all : '', more] },
    ];
  }

  /** One page of a card's entries: nothing but the return code where it has none. */
  async function tellCard(
    { systemId }: ServedDialog,
    { book, number }: ShownAccount,
    { about, mark = '0', from = '1970-01-01', to }: AskedOrder,
  ): Promise<SentSegment[]> {
    const request = {
      accessId: systemId,
      account: book,
      from,
      ...(to && { to }),
      bookingStatus: 'both' as const,
      showsBalanceAfter: false,
    };
    const { entries, hasNext } = await fetches.page(request, Number(mark));
    const { booked } = (await accounts.statement(book)).balance ?? {};
    if (entries.length === 0) return [answer(about, [3010, 'Keine Daten'])];
    const elements = [
      ...writeCardHead(number, booked, dayOf(clock.now())),
      ...entries.map((entry) => writeCardEntry(number, entry)),
    ];
    const next = `${number}+${Number(mark) + 1}`;
    return [
      ...(hasNext ? [answer(about, [3040, 'Es gibt mehr', next])] : []),
      { id: 'DIKKU', version: 2, about, elements },
    ];
  }

  return {
    accountsOf,
    find,

    /** Whose accounts these are, where the user's program does not know this version of the list. */
    tellUser(dialog: ServedDialog, known: string): SentSegment[] {
      const shown = accountsOf(dialog);
      const version = versionOf(shown);
      if (known === String(version)) return [];
      return userSegments(dialog.user, version, shown, blz);
    },

    /** The answer to an order, one page of it. */
    tell(dialog: ServedDialog, order: AskedOrder): Promise<SentSegment[]> {
      const account = find(dialog, order);
      if (order.segId === 'HKSAL') return tellBalance(account, order.about);
      if (order.segId === 'DKKKU') return tellCard(dialog, account, order);
      return tellEntries(dialog, account, order);
    },
  };
}

/** Ends as the number by which the account is known. */
function numberOf({ key, maskedPan, bban }: BankAccountBook, salt: string): string {
  const digits = BigInt(`0x${accountIdOf(key, salt).slice(0, 12)}`) % 1_000_000n;
  const mask = (maskedPan ?? bban)?.slice(-4) ?? '0000';
  return `${String(digits).padStart(6, '0')}${mask}`;
}

/** Another number when the accounts are others. */
function versionOf(shown: readonly ShownAccount[]): number {
  const text = JSON.stringify(shown.map(({ book: _, ...account }) => account));
  return 1 + ([...text].reduce((sum, it) => (sum * 31 + it.charCodeAt(0)) % 9_973, 7) % 998);
}
