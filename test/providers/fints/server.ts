import { accountIdOf } from '../../../cloud/local/bank/account-ids.ts';
import type { BankAccountBook, TanMethod } from '../../../cloud/local/bank/bank-customer.ts';
import { keepSilent, unreadableReply } from '../../../cloud/local/bank/control.ts';
import type { SandboxBank } from '../../../cloud/local/bank/sandbox-bank.ts';
import type { Clock } from '../../../cloud/ports/clock.ts';
import { addDays, type CalendarDate, dayOf, msBetween } from '../../../shared/calendar-date.ts';
import { formatAmount, type Money } from '../../../shared/money.ts';
import type { AskedOrder, ServedDialog, Waiting } from './dialogs.ts';
import {
  type BankParameters,
  bankSegments,
  methodById,
  tanMethods,
  type UserAccount,
  userSegments,
} from './parameters.ts';
import { balancesOf, writeCamt, writeSwift } from './statements.ts';
import {
  type CameSegment,
  readSegments,
  type SentSegment,
  type Value,
  writeMessage,
} from './wire.ts';

export const blz = '12345678';
export const productId = 'BOOKFEED0TEST0PRODUCT0001';

/** Where banks differ. */
export interface FinTsDress {
  readonly statements?: BankParameters['statements'];
  readonly hikom?: string;
  readonly decoupled?: BankParameters['decoupled'];
  /** Names of the user's devices; absent: the bank does not want to know. */
  readonly media?: readonly string[];
  /** Whether a login needs a TAN: the first one of a program, each, or none. */
  readonly asksAtLogin?: 'first' | 'always' | 'never';
  /** A dialog that rests longer is over. */
  readonly dialogMs?: number;
  /** What the challenge of a photo TAN shows. */
  readonly hhdUc?: string;
  readonly challenge?: string;
  /** Changes what is sent, the last before it goes out. */
  readonly spoil?: (
    segments: readonly SentSegment[],
    came: readonly CameSegment[],
  ) => readonly SentSegment[];
}

/** The user's phone. */
export interface Phone {
  readonly method: TanMethod;
  readonly code: string;
  approve(): void;
  decline(): void;
}

/** Ends the work on a message with these return codes, and the dialog with it where one says so. */
class Refused extends Error {
  readonly codes: readonly (readonly [number, string])[];

  constructor(...codes: readonly (readonly [number, string])[]) {
    super('refused');
    this.codes = codes;
  }
}

/** In the place of an answer of FinTS. */
class Instead extends Error {
  readonly response: Response | Promise<Response>;

  constructor(response: Response | Promise<Response>) {
    super('instead');
    this.response = response;
  }
}

const answerText = 'Made up for a test.';
const loginMax = 3;

export type FinTsServer = ReturnType<typeof createFinTsServer>;

/** The Sandbox Bank as it speaks FinTS 3.0 with PIN and TAN. */
export function createFinTsServer(bank: SandboxBank, clock: Clock, dress: FinTsDress = {}) {
  const { accounts, accountIds, failures, fetches, traits } = bank.parts;
  const { statements = 'camt', asksAtLogin = 'first', dialogMs = 10 * 60_000 } = dress;
  const parameters: BankParameters = {
    blz,
    bpdVersion: 7,
    hikom: dress.hikom,
    statements,
    keptDays: traits.historyDaysAfterConfirmation,
    needsMedium: dress.media !== undefined,
    decoupled: dress.decoupled ?? { most: 60, first: 1, next: 1 },
  };
  const dialogs = new Map<string, ServedDialog>();
  const knownSystems = new Map<string, { salt: string; confirmed: boolean }>();
  const wrongPins = new Map<string, number>();
  const seen: CameSegment[][] = [];
  let made = 0;
  let newest: Waiting | undefined;

  const nameNew = (what: string) => {
    made += 1;
    return `${what}${made}`;
  };

  const numberOf = (book: BankAccountBook, salt: string) => {
    const digits = BigInt(`0x${accountIdOf(book.key, salt).slice(0, 12)}`) % 1_000_000n;
    const mask = book.maskedPan?.slice(-4) ?? book.bban?.slice(-4) ?? '';
    return `${String(digits).padStart(6, '0')}${mask || '0000'}`;
  };

  function accountsOf(dialog: ServedDialog): readonly (UserAccount & { book: BankAccountBook })[] {
    const { salt = '' } = knownSystems.get(dialog.systemId) ?? {};
    const orders = ['HKSAL', 'HKKAZ', ...(statements === 'camt' ? ['HKCAZ'] : [])];
    return accounts.ofCustomer(dialog.user).map((book) => ({
      book,
      number: numberOf(book, salt),
      iban: book.iban,
      holder: book.holder,
      product: book.product ?? book.name,
      currency: book.currency,
      type: book.type,
      orders,
    }));
  }

  /** A number that is another one when the accounts are. */
  function updVersionOf(dialog: ServedDialog): number {
    const text = JSON.stringify(accountsOf(dialog).map(({ book: _, ...account }) => account));
    return (
      1 + ([...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_973, 7) % 998)
    );
  }

  function readLogin(came: Came): void {
    const { user, pin } = came;
    const customer = accounts.customer(user);
    const wrong = wrongPins.get(user) ?? 0;
    if (wrong >= loginMax) throw new Refused([3938, 'Gesperrt'], [9800, 'Abgebrochen']);
    if (customer?.password === pin) return;
    wrongPins.set(user, wrong + 1);
    throw new Refused([9050, 'Fehler'], [9910, 'PIN falsch'], [9800, 'Abgebrochen']);
  }

  function openDialog(came: Came): ServedDialog {
    const [, identification] = [0, came.find('HKIDN')];
    const preparation = came.find('HKVVB');
    if (!identification || !preparation) throw new Refused([9110, 'Aufbau'], [9800, 'Abgebrochen']);
    if (preparation.elements[3]?.[0] !== productId) {
      throw new Refused([9050, 'Fehler'], [9078, 'Nicht registriert'], [9800, 'Abgebrochen']);
    }
    const told = identification.elements[2]?.[0] ?? '0';
    const systemId = told === '0' ? nameNew('system-') : told;
    const isNew = !knownSystems.has(systemId);
    if (isNew) {
      const salt = accountIds.nextSalt(systemId);
      knownSystems.set(systemId, { salt, confirmed: false });
    }
    const dialog: ServedDialog = {
      id: nameNew('dialog+'),
      user: came.user,
      systemId,
      next: 2,
      usedAt: clock.now(),
      isIn: false,
    };
    if (isNew) {
      accountIds.setNewest(() =>
        Object.fromEntries(accountsOf(dialog).map(({ number, book }) => [number, book.key])),
      );
    }
    dialogs.set(dialog.id, dialog);
    return dialog;
  }

  function continueDialog(came: Came): ServedDialog {
    const dialog = dialogs.get(came.dialogId);
    const isOver = !dialog || msBetween(dialog.usedAt, clock.now()) > dialogMs;
    if (isOver || dialog.next !== came.number || dialog.user !== came.user) {
      dialogs.delete(came.dialogId);
      throw new Refused([9050, 'Fehler'], [9800, 'Abgebrochen'], [9010, 'Unbekannt']);
    }
    dialog.next += 1;
    dialog.usedAt = clock.now();
    return dialog;
  }

  function begin(came: Came, dialog: ServedDialog): SentSegment[] {
    const preparation = came.find('HKVVB');
    const [bpd = '0', upd = '0'] = preparation?.elements.map(([value]) => value) ?? [];
    const hktan = came.find('HKTAN');
    const isFirst = came.find('HKSYN') !== undefined;
    // Who knows no accounts wants them; a first login is none of the calls that a scenario counts.
    if (!isFirst && upd === '0' && hktan?.elements[1]?.[0] !== 'HKTAB') meet(came, 'accounts');
    const methods = (accounts.customer(dialog.user)?.methods ?? ['sms']).map(
      (method) => tanMethods[method].id,
    );
    const own: SentSegment[] = [
      ...(bpd === String(parameters.bpdVersion) ? [] : bankSegments(parameters)),
      ...(isFirst ? [{ id: 'HISYN', version: 4, elements: [dialog.systemId] }] : []),
      answer(came.numberOf('HKIDN'), [3920, 'Verfahren', ...methods.map(String)]),
    ];
    if (!hktan) return own;
    if (hktan.elements[1]?.[0] === 'HKTAB') return [...own, notNeeded(came)];
    const system = knownSystems.get(dialog.systemId);
    const isNeeded = asksAtLogin === 'always' || (asksAtLogin === 'first' && !system?.confirmed);
    if (isNeeded) return [...own, ...ask(came, dialog)];
    dialog.isIn = true;
    return [...own, notNeeded(came), ...tellUser(dialog, upd)];
  }

  function tellUser(dialog: ServedDialog, known: string): SentSegment[] {
    const version = updVersionOf(dialog);
    if (known === String(version)) return [];
    return userSegments(dialog.user, version, accountsOf(dialog), blz);
  }

  function notNeeded(came: Came): SentSegment {
    return answer(came.numberOf('HKTAN'), [3076, 'Starke Kundenauthentifizierung nicht noetig']);
  }

  function ask(came: Came, dialog: ServedDialog, order?: AskedOrder): SentSegment[] {
    const method = methodById.get(came.method);
    if (!method) throw new Refused([9050, 'Fehler'], [9380, 'Unbekanntes Verfahren']);
    const medium = came.find('HKTAN')?.elements[10]?.[0];
    if (dress.media && !dress.media.includes(medium ?? '')) {
      throw new Refused([9050, 'Fehler'], [9955, 'Geraet unbekannt']);
    }
    const reference = nameNew('order:');
    const code = String(100_000 + ((made * 7_919) % 900_000));
    const waiting: Waiting = {
      ...{ reference, method, code, state: 'open', polls: 0 },
      ...(order && { order }),
    };
    dialog.waiting = waiting;
    newest = waiting;
    const hktan = came.find('HKTAN');
    return [
      answer(hktan?.number, method === 'app' ? [3955, 'Freigabe noetig'] : [30, 'TAN noetig']),
      tanSegment(waiting, hktan),
    ];
  }

  function tanSegment(waiting: Waiting, hktan: CameSegment | undefined): SentSegment {
    const photo = waiting.method === 'photo' ? { binary: dress.hhdUc ?? '' } : undefined;
    const challenge =
      dress.challenge ??
      `Bitte bestaetigen Sie ${waiting.order ? 'die Abfrage' : 'die Anmeldung'}.`;
    const elements: Value[] = [
      hktan?.elements[0]?.[0] ?? '4',
      '',
      waiting.reference,
      challenge,
      photo,
    ];
    return { id: 'HITAN', version: hktan?.version ?? 6, about: hktan?.number, elements };
  }

  async function confirm(came: Came, dialog: ServedDialog): Promise<SentSegment[]> {
    const hktan = came.find('HKTAN');
    const { waiting } = dialog;
    const reference = hktan?.elements[4]?.[0];
    if (!waiting || reference !== waiting.reference)
      throw new Refused([9050, 'Fehler'], [9210, 'Referenz']);
    const isDecoupled = waiting.method === 'app';
    if (hktan?.elements[0]?.[0] !== (isDecoupled ? 'S' : '2')) throw new Refused([9110, 'Aufbau']);
    if (isDecoupled && waiting.state === 'declined') {
      dialog.waiting = undefined;
      throw new Refused([9050, 'Fehler'], [9800, 'Abgebrochen']);
    }
    if (isDecoupled && waiting.state === 'open') {
      waiting.polls += 1;
      return [answer(hktan?.number, [3956, 'Freigabe steht aus']), tanSegment(waiting, hktan)];
    }
    dialog.waiting = undefined;
    if (!isDecoupled && came.tan !== waiting.code) {
      throw new Refused([9050, 'Fehler'], [9941, 'TAN falsch'], [9800, 'Abgebrochen']);
    }
    failures.endConfirmations();
    const system = knownSystems.get(dialog.systemId);
    if (system) system.confirmed = true;
    dialog.isIn = true;
    if (!waiting.order) return tellUser(dialog, '0');
    dialog.confirmed = waiting.order.account;
    return tell(came, dialog, waiting.order);
  }

  /** What is arranged to fail; counts the call. */
  function meet(came: Came, call: 'accounts' | 'balances' | 'entries', order?: MetOrder): void {
    const arrived = { call, page: order?.page ?? 1, ...order };
    failures.count(arrived);
    const failure = failures.take(arrived);
    if (!failure) return;
    switch (failure.with) {
      case 'timeout':
        throw new Instead(keepSilent(came.gone));
      case 'reply-unreadable':
        throw new Instead(unreadableReply());
      case 'rate-limited': {
        const { retryAfterSeconds: after } = failure;
        const headers = after === undefined ? {} : { 'Retry-After': String(after) };
        throw new Instead(new Response('', { status: 429, headers }));
      }
      case 'login-rejected':
        throw new Refused([9050, 'Fehler'], [9910, 'PIN falsch'], [9800, 'Abgebrochen']);
      case 'account-locked':
        throw new Refused([3938, 'Gesperrt'], [9800, 'Abgebrochen']);
      case 'needs-confirmation':
        throw new NeedsTan();
      default:
        throw new Instead(new Response('', { status: 503 }));
    }
  }

  /** The answer to an order, or the question for a TAN that it needs. */
  async function take(came: Came, dialog: ServedDialog, order: AskedOrder): Promise<SentSegment[]> {
    const found = accountsOf(dialog).find(
      ({ number, iban }) => order.account === (iban ?? number) || order.account === number,
    );
    if (!found) throw new Refused([9050, 'Fehler'], [9210, 'Konto unbekannt']);
    const page = order.mark === undefined ? 1 : Number(order.mark) + 1;
    const call = order.segId === 'HKSAL' ? 'balances' : 'entries';
    try {
      const { from } = order;
      meet(came, call, { account: found.book.key, page, ...(from && { from }) });
    } catch (error) {
      if (error instanceof NeedsTan) return ask(came, dialog, order);
      throw error;
    }
    const reach = addDays(dayOf(clock.now()), -traits.historyDays);
    const isOld = order.from !== undefined && order.from < reach;
    if (isOld && dialog.confirmed !== order.account) return ask(came, dialog, order);
    const told = await tell(came, dialog, order);
    return came.find('HKTAN') ? [notNeeded(came), ...told] : told;
  }

  async function tell(came: Came, dialog: ServedDialog, order: AskedOrder): Promise<SentSegment[]> {
    const about = came.numberOf(order.segId);
    const found = accountsOf(dialog).find(
      ({ number, iban }) => order.account === (iban ?? number) || order.account === number,
    );
    if (!found) throw new Refused([9050, 'Fehler'], [9210, 'Konto unbekannt']);
    if (order.segId === 'HKSAL') return tellBalance(found, about);
    return tellEntries(came, dialog, order, found);
  }

  async function tellBalance(
    { book, ...account }: UserAccount & { book: BankAccountBook },
    about: number | undefined,
  ): Promise<SentSegment[]> {
    const { balance = {} } = await accounts.statement(book);
    const { booked, available } = balance;
    if (!booked) return [answer(about, [3010, 'Keine Daten'])];
    const day = compact(dayOf(clock.now()));
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
    came: Came,
    dialog: ServedDialog,
    order: AskedOrder,
    { book, ...account }: UserAccount & { book: BankAccountBook },
  ): Promise<SentSegment[]> {
    const about = came.numberOf(order.segId);
    const index = Number(order.mark ?? '0');
    const request = {
      accessId: dialog.systemId,
      account: book,
      from: order.from ?? '1970-01-01',
      ...(order.to && { to: order.to }),
      bookingStatus: 'both' as const,
      showsBalanceAfter: traits.balanceAfter || order.segId === 'HKKAZ',
    };
    const { entries, hasNext } = await fetches.page(request, index);
    const { balance = {} } = traits.balanceAfter ? await accounts.statement(book) : {};
    const more = hasNext ? [answer(about, [3040, 'Es gibt mehr', String(index + 1)])] : [];
    if (entries.length === 0) return [answer(about, [3010, 'Keine Daten'])];
    const booked = entries.filter(({ status }) => status === 'booked');
    const noted = entries.filter(({ status }) => status !== 'booked');
    const day = dayOf(clock.now());
    const written = { ...account, blz, ...(account.iban && { iban: account.iban }) };
    const write = (which: typeof entries, balances = {}) => {
      const { iban, ...rest } = written;
      const own = iban ? { ...rest, iban } : rest;
      return order.segId === 'HKCAZ'
        ? writeCamt(own, which, balances, day)
        : writeSwift(own, which, balances, day);
    };
    const bookedText = { binary: write(booked, balancesOf(booked, balance)) };
    const notedText = noted.length > 0 ? { binary: write(noted) } : undefined;
    const elements =
      order.segId === 'HKCAZ'
        ? [
            [account.iban ?? '', '', account.number],
            'urn:camt',
            [bookedText],
            notedText && [notedText],
          ]
        : [booked.length > 0 ? bookedText : undefined, notedText];
    const id = order.segId === 'HKCAZ' ? 'HICAZ' : 'HIKAZ';
    const version = order.segId === 'HKCAZ' ? 1 : 7;
    return [...more, { id, version, about, elements: elements.map((it) => it ?? '') }];
  }

  async function work(came: Came): Promise<{ dialog?: ServedDialog; segments: SentSegment[] }> {
    readLogin(came);
    const isNew = came.dialogId === '0';
    const dialog = isNew ? openDialog(came) : continueDialog(came);
    if (isNew) return { dialog, segments: begin(came, dialog) };
    if (came.find('HKEND')) {
      dialogs.delete(dialog.id);
      return { dialog, segments: [answer(came.numberOf('HKEND'), [100, 'Beendet'])] };
    }
    if (came.find('HKTAB')) {
      const media = (dress.media ?? []).map((name) => mediumOf(name));
      const about = came.numberOf('HKTAB');
      return { dialog, segments: [{ id: 'HITAB', version: 4, about, elements: [0, ...media] }] };
    }
    const order = orderOf(came);
    if (!order) return { dialog, segments: await confirm(came, dialog) };
    if (!dialog.isIn) throw new Refused([9075, 'Starke Authentifizierung'], [9800, 'Abgebrochen']);
    return { dialog, segments: await take(came, dialog, order) };
  }

  async function answerTo(text: string, gone: AbortSignal): Promise<string> {
    const came = readCame(text, gone);
    seen.push([...came.segments]);
    const { dialogId } = came;
    try {
      const { dialog, segments } = await work(came);
      const success: Value[] = [20, '', 'Auftrag ausgefuehrt'];
      const head = { id: 'HIRMG', version: 2, elements: [[10, '', 'Entgegengenommen']] };
      const all = [head, { id: 'HIRMS', version: 2, about: 3, elements: [success] }, ...segments];
      const sent = dress.spoil?.(all, came.segments) ?? all;
      return writeMessage(sent, { dialogId: dialog?.id ?? dialogId, number: came.number, blz });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.codes.some(([code]) => code === 9800)) dialogs.delete(dialogId);
      const elements = error.codes.map(([code, said]) => [code, '', `${said}. ${answerText}`]);
      const refused = [{ id: 'HIRMG', version: 2, elements }];
      const sent = dress.spoil?.(refused, came.segments) ?? refused;
      return writeMessage(sent, { dialogId, number: came.number, blz });
    }
  }

  return {
    /** One message in, one out. */
    async fetch(request: Request): Promise<Response> {
      if (request.method !== 'POST') return new Response('', { status: 405 });
      const text = Buffer.from(await request.text(), 'base64').toString('latin1');
      try {
        const answered = await answerTo(text, request.signal);
        return new Response(Buffer.from(answered, 'latin1').toString('base64'));
      } catch (error) {
        if (error instanceof Instead) return error.response;
        throw error;
      }
    },

    /** What the user's phone shows of the newest TAN. @throws RangeError where there is none */
    phone(): Phone {
      const waiting = newest;
      if (!waiting) throw new RangeError('no TAN was sent');
      const { method, code } = waiting;
      return {
        method,
        code,
        approve: () => {
          waiting.state = 'approved';
        },
        decline: () => {
          waiting.state = 'declined';
        },
      };
    },

    /** All messages that came. */
    messages: (): readonly (readonly CameSegment[])[] => seen,
    openDialogs: () => dialogs.size,
    /** Wrong PINs that came for a user since the last right one. */
    wrongPins: (user: string) => wrongPins.get(user) ?? 0,
  };
}

class NeedsTan extends Error {}

interface MetOrder {
  readonly account: string;
  readonly page: number;
  readonly from?: CalendarDate;
}

/** A message as it came, its parts named. */
interface Came {
  readonly segments: readonly CameSegment[];
  readonly dialogId: string;
  readonly number: number;
  readonly user: string;
  readonly pin: string;
  readonly tan: string | undefined;
  /** Of the TAN method. */
  readonly method: number;
  readonly gone: AbortSignal;
  find(id: string): CameSegment | undefined;
  numberOf(id: string): number | undefined;
}

function readCame(text: string, gone: AbortSignal): Came {
  const outer = readSegments(text);
  const [head, , data] = outer;
  if (head?.id !== 'HNHBK' || Number(head.elements[0]?.[0]) !== text.length) {
    throw new Refused([9110, 'Aufbau']);
  }
  const segments = readSegments(data?.elements[0]?.[0] ?? '');
  const numbers = segments.map(({ number }) => number);
  const isCounted = numbers.every((number, index) => number === index + 2);
  const find = (id: string) => segments.find((segment) => segment.id === id);
  const [signature, end] = [find('HNSHK'), find('HNSHA')];
  if (data?.id !== 'HNVSD' || !signature || !end || !isCounted) throw new Refused([9110, 'Aufbau']);
  const [pin = '', tan] = end.elements[2] ?? [];
  return {
    segments,
    dialogId: head.elements[2]?.[0] ?? '',
    number: Number(head.elements[3]?.[0]),
    user: signature.elements[10]?.[2] ?? '',
    pin,
    tan,
    method: Number(signature.elements[1]?.[0]),
    gone,
    find,
    numberOf: (id) => find(id)?.number,
  };
}

function orderOf(came: Came): AskedOrder | undefined {
  for (const segId of ['HKSAL', 'HKKAZ', 'HKCAZ'] as const) {
    const segment = came.find(segId);
    if (!segment) continue;
    const [account, second, third, fourth, fifth, sixth, seventh] = segment.elements;
    const isCamt = segId === 'HKCAZ';
    if (isCamt && !second?.[0]?.includes('camt.052')) throw new Refused([9110, 'Format']);
    const [from, to, , mark] = isCamt
      ? [fourth, fifth, sixth, seventh]
      : [third, fourth, fifth, sixth];
    const number = account?.[0] || account?.[2] || '';
    const isBalance = segId === 'HKSAL';
    return {
      segId,
      account: number,
      about: segment.number,
      ...(!isBalance && { from: dayFrom(from), to: dayFrom(to), mark: mark?.[0] || undefined }),
    };
  }
  return undefined;
}

function answer(
  about: number | undefined,
  [code, text, ...params]: readonly [number, string, ...string[]],
): SentSegment {
  return { id: 'HIRMS', version: 2, about, elements: [[code, '', text, ...params]] };
}

function mediumOf(name: string): readonly Value[] {
  return ['M', 1, '', '', '', '', '', '', '', '', '', '', name];
}

const compact = (day: CalendarDate) => day.replaceAll('-', '');
const commaOf = (money: Money) =>
  formatAmount({ ...money, minor: Math.abs(money.minor) }).replace('.', ',');

function dayFrom(group: readonly string[] | undefined): CalendarDate | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(group?.[0] ?? '') ?? [];
  return year && `${year}-${month}-${day}`;
}
