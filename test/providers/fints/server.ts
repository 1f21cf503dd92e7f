import { accountIdOf } from '../../../cloud/connectors/fints/orders.ts';
import { keepSilent, unreadableReply } from '../../../cloud/local/bank/control.ts';
import type { SandboxBank } from '../../../cloud/local/bank/sandbox-bank.ts';
import type { Clock } from '../../../cloud/ports/clock.ts';
import { addDays, type CalendarDate, dayOf, msBetween } from '../../../shared/calendar-date.ts';
import { createBooks, type ShownAccount } from './books.ts';
import { type Came, orderOf, Refused, readCame } from './came.ts';
import type { AskedOrder, ServedDialog } from './dialogs.ts';
import { type BankParameters, bankSegments, tanMethods } from './parameters.ts';
import { createTans, type TanDress } from './tans.ts';
import { answer, type CameSegment, type SentSegment, writeMessage } from './wire.ts';

export const blz = '12345678';
export const productId = 'BOOKFEED0TEST0PRODUCT0001';

/** Where banks differ. */
export interface FinTsDress extends TanDress {
  readonly statements?: BankParameters['statements'];
  /** Another address that the bank tells. */
  readonly hikom?: string;
  readonly decoupled?: BankParameters['decoupled'];
  /** Whether a login needs a TAN: the first one of a program, each, or none. */
  readonly asksAtLogin?: 'first' | 'always' | 'never';
  /** Cards are told of by DKKKU alone. */
  readonly cards?: true;
  /** By the login name: ids of customers who have another one than it. */
  readonly customerIds?: Readonly<Record<string, string>>;
  /** A dialog that rests longer is over. */
  readonly dialogMs?: number;
  /** Changes what is sent, the last before it goes out. */
  readonly spoil?: (
    segments: readonly SentSegment[],
    came: readonly CameSegment[],
  ) => readonly SentSegment[];
}

/** In the place of an answer of FinTS. */
class Instead extends Error {
  readonly response: Response | Promise<Response>;

  constructor(response: Response | Promise<Response>) {
    super('instead');
    this.response = response;
  }
}

class NeedsTan extends Error {}

const loginMax = 3;

export type FinTsServer = ReturnType<typeof createFinTsServer>;

/** The Sandbox Bank as it speaks FinTS 3.0 with PIN and TAN. */
export function createFinTsServer(bank: SandboxBank, clock: Clock, dress: FinTsDress = {}) {
  const { accounts, accountIds, failures, traits } = bank.parts;
  const { statements = 'camt', asksAtLogin = 'first', dialogMs = 10 * 60_000 } = dress;
  const parameters: BankParameters = {
    blz,
    bpdVersion: 7,
    hikom: dress.hikom,
    statements,
    cards: dress.cards,
    keptDays: traits.historyDaysAfterConfirmation,
    needsMedium: dress.media !== undefined,
    decoupled: dress.decoupled ?? { most: 60, first: 1, next: 1 },
  };
  const dialogs = new Map<string, ServedDialog>();
  /** Programs that the bank knows, by the ids that it gave them. */
  const systems = new Map<string, { readonly salt: string; isConfirmed: boolean }>();
  const wrongPins = new Map<string, number>();
  const seen: (readonly CameSegment[])[] = [];
  const books = createBooks(bank.parts, parameters, (id) => systems.get(id)?.salt ?? '');
  const tans = createTans(dress);
  let made = 0;

  const nameNew = (what: string) => {
    made += 1;
    return `${what}${made}`;
  };

  function checkLogin({ user, pin }: Came): void {
    const wrong = wrongPins.get(user) ?? 0;
    if (wrong >= loginMax) throw new Refused([3938, 'Gesperrt'], [9800, 'Abgebrochen']);
    if (accounts.customer(user)?.password === pin) return;
    wrongPins.set(user, wrong + 1);
    throw new Refused([9050, 'Fehler'], [9910, 'PIN falsch'], [9800, 'Abgebrochen']);
  }

  function openDialog(came: Came): ServedDialog {
    const identification = came.find('HKIDN');
    const preparation = came.find('HKVVB');
    if (!identification || !preparation) throw new Refused([9110, 'Aufbau'], [9800, 'Abgebrochen']);
    if (preparation.elements[3]?.[0] !== productId) {
      throw new Refused([9050, 'Fehler'], [9078, 'Nicht registriert'], [9800, 'Abgebrochen']);
    }
    const [, customer, system] = identification.elements.map(([value = '']) => value);
    const { user } = came;
    if (customer !== (dress.customerIds?.[user] ?? user)) {
      // As an institute of Pecunia's issue 185 told of a wrong customer number.
      throw new Refused([9050, 'Fehler'], [9800, 'Abgebrochen'], [9010, 'Kunde'], [9340, 'Nein']);
    }
    const systemId = system === '' || system === '0' ? nameNew('system-') : (system ?? '');
    const id = nameNew('dialog+');
    const dialog: ServedDialog = { id, user, systemId, next: 2, usedAt: clock.now(), isIn: false };
    if (!systems.has(systemId)) {
      systems.set(systemId, { salt: accountIds.nextSalt(systemId), isConfirmed: false });
      accountIds.setNewest(() =>
        Object.fromEntries(books.accountsOf(dialog).map((it) => [idOf(systemId, it), it.book.key])),
      );
    }
    dialogs.set(id, dialog);
    return dialog;
  }

  function continueDialog({ dialogId, number, user }: Came): ServedDialog {
    const dialog = dialogs.get(dialogId);
    const isOver = !dialog || msBetween(dialog.usedAt, clock.now()) > dialogMs;
    if (isOver || dialog.next !== number || dialog.user !== user) {
      dialogs.delete(dialogId);
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
    const isOfMedia = hktan?.elements[1]?.[0] === 'HKTAB';
    // Who knows no accounts wants them; a first login is none of the calls that a scenario counts.
    if (!isFirst && upd === '0' && !isOfMedia) meet(came, { call: 'accounts', page: 1 });
    const methods = accounts.customer(dialog.user)?.methods ?? ['sms'];
    const allowed = methods.map((method) => String(tanMethods[method].id));
    const own: SentSegment[] = [
      ...(bpd === String(parameters.bpdVersion) ? [] : bankSegments(parameters)),
      ...(isFirst ? [{ id: 'HISYN', version: 4, elements: [dialog.systemId] }] : []),
      answer(came.numberOf('HKIDN'), [3920, 'Verfahren', ...allowed]),
    ];
    if (!hktan) return own;
    if (isOfMedia) return [...own, notNeeded(came)];
    const isKnown = systems.get(dialog.systemId)?.isConfirmed === true;
    if (asksAtLogin === 'always' || (asksAtLogin === 'first' && !isKnown)) {
      return [...own, ...tans.ask(came, dialog)];
    }
    dialog.isIn = true;
    return [...own, notNeeded(came), ...books.tellUser(dialog, upd)];
  }

  async function confirm(came: Came, dialog: ServedDialog): Promise<SentSegment[]> {
    const confirmed = tans.confirm(came, dialog);
    if (Array.isArray(confirmed)) return confirmed;
    failures.endConfirmations();
    const system = systems.get(dialog.systemId);
    if (system) system.isConfirmed = true;
    dialog.isIn = true;
    const { order } = confirmed;
    dialog.confirmed = order ? { account: order.account } : 'login';
    if (!order) return books.tellUser(dialog, '0');
    return books.tell(dialog, order);
  }

  /** What is arranged to fail; counts the call. */
  function meet(came: Came, arrived: Parameters<typeof failures.take>[0]): void {
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
      case 'period-not-available':
        throw new Refused([9050, 'Fehler'], [9210, 'Wert widerspricht Bankvorgaben']);
      case 'needs-confirmation':
        throw new NeedsTan();
      default:
        throw new Instead(new Response('', { status: 503 }));
    }
  }

  /** The answer to an order, or the question for a TAN that it needs. */
  async function take(came: Came, dialog: ServedDialog, order: AskedOrder): Promise<SentSegment[]> {
    const account = books.find(dialog, order).book.key;
    const page = Number(order.mark ?? '0') + 1;
    const call = order.segId === 'HKSAL' ? 'balances' : 'entries';
    try {
      meet(came, { call, account, page, ...(order.from && { from: order.from }) });
    } catch (error) {
      if (error instanceof NeedsTan) return tans.ask(came, dialog, order);
      throw error;
    }
    const reach: CalendarDate = addDays(dayOf(clock.now()), -traits.historyDays);
    const isOld = order.from !== undefined && order.from < reach;
    if (isOld && !isConfirmed(dialog, order)) return tans.ask(came, dialog, order);
    const told = await books.tell(dialog, order);
    return came.find('HKTAN') ? [notNeeded(came), ...told] : told;
  }

  async function work(came: Came): Promise<{ dialogId: string; segments: SentSegment[] }> {
    checkLogin(came);
    const dialog = came.dialogId === '0' ? openDialog(came) : continueDialog(came);
    const dialogId = dialog.id;
    if (came.dialogId === '0') return { dialogId, segments: begin(came, dialog) };
    if (came.find('HKEND')) {
      dialogs.delete(dialogId);
      return { dialogId, segments: [answer(came.numberOf('HKEND'), [100, 'Beendet'])] };
    }
    if (came.find('HKTAB')) return { dialogId, segments: [mediaSegment(came, dress.media ?? [])] };
    const order = orderOf(came);
    if (!order) return { dialogId, segments: await confirm(came, dialog) };
    if (!dialog.isIn) throw new Refused([9075, 'Starke Authentifizierung'], [9800, 'Abgebrochen']);
    return { dialogId, segments: await take(came, dialog, order) };
  }

  async function answerTo(came: Came): Promise<string> {
    const { number, segments: asked } = came;
    const spoil = (segments: readonly SentSegment[]) => dress.spoil?.(segments, asked) ?? segments;
    try {
      const { dialogId, segments } = await work(came);
      const all = [
        { id: 'HIRMG', version: 2, elements: [[10, '', 'Entgegengenommen']] },
        answer(3, [20, 'Auftrag ausgefuehrt']),
        ...segments,
      ];
      return writeMessage(spoil(all), { dialogId, number, blz });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { dialogId } = came;
      if (error.codes.some(([code]) => code === 9800)) dialogs.delete(dialogId);
      const elements = error.codes.map(([code, said]) => [code, '', said]);
      const refused = [{ id: 'HIRMG', version: 2, elements }];
      return writeMessage(spoil(refused), { dialogId, number, blz });
    }
  }

  return {
    /** One message in, one out. */
    async fetch(request: Request): Promise<Response> {
      if (request.method !== 'POST') return new Response('', { status: 405 });
      const text = Buffer.from(await request.text(), 'base64').toString('latin1');
      const came = readCame(text, request.signal);
      seen.push(came.segments);
      try {
        const answered = await answerTo(came);
        return new Response(Buffer.from(answered, 'latin1').toString('base64'));
      } catch (error) {
        if (error instanceof Instead) return error.response;
        throw error;
      }
    },

    phone: tans.phone,
    /** All messages that came. */
    messages: () => seen as readonly (readonly CameSegment[])[],
    openDialogs: () => dialogs.size,
    /** Wrong PINs that came for a user. */
    wrongPins: (user: string) => wrongPins.get(user) ?? 0,
  };
}

function isConfirmed({ confirmed }: ServedDialog, { account }: AskedOrder): boolean {
  return typeof confirmed === 'object' ? confirmed.account === account : confirmed === 'login';
}

/** As the connector names it. */
function idOf(systemId: string, { number, type }: ShownAccount): string {
  const accountType = type === 'card' ? 'CreditCardAccount' : '';
  return accountIdOf({ systemId }, { accountNumber: number, accountType });
}

function notNeeded(came: Came): SentSegment {
  return answer(came.numberOf('HKTAN'), [3076, 'Starke Kundenauthentifizierung nicht noetig']);
}

function mediaSegment(came: Came, names: readonly string[]): SentSegment {
  const media = names.map((name) => ['M', 1, ...Array<string>(10).fill(''), name]);
  return { id: 'HITAB', version: 4, about: came.numberOf('HKTAB'), elements: [0, ...media] };
}
