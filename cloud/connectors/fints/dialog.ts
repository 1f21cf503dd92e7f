import type { BankAccount, BankingInformation, FinTSConfig, Message, Segment } from 'lib-fints';
import { BankError } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SendMessage } from './client.ts';
import type { FinTsGrant, Login, OpenDialog } from './grant.ts';
import { type BankReply, encodeMessage, type Library, readReply, segmentOf } from './message.ts';
import { learnCards, orderSegment } from './orders.ts';
import type {
  AnswersSegment,
  MediaSegment,
  MessageHead,
  Order,
  SepaAccount,
  SepaSegment,
  TanSegment,
} from './schema.ts';
import { FinTsRefusal, isOfOneOrder, isRefusal } from './to-bank-error.ts';

export interface DialogParts {
  readonly library: Library;
  readonly send: SendMessage;
  readonly clock: Clock;
  /** The bank's, as our own list has it: what the bank says of another is not followed. */
  readonly url: URL;
  readonly blz: string;
  readonly productId: string;
  readonly login: Login;
  readonly known: BankingInformation | undefined;
}

/** The bank wants a TAN, or an approval, before it does what was asked. */
export interface TanAsked {
  readonly kind: 'tan';
  readonly reference: string | undefined;
  /** In the bank's words. */
  readonly challenge: string;
  /** What a reader of TANs is shown, as it came. */
  readonly hhdUc: string | undefined;
  readonly isDecoupled: boolean;
}

export type Told = { readonly kind: 'told'; readonly reply: BankReply } | TanAsked;
export type OrderTold =
  | { readonly kind: 'parts'; readonly parts: readonly string[] }
  | (TanAsked & { readonly parts: readonly string[] });

const productVersion = '1.0';
/** By which the package names the bank's country; German banks kept the code of before 1990. */
const germany = 280;
/** A bank that gives this many pages of one order is going in circles. */
const pageMax = 1_000;
/** A TAN is needed; an approval is asked for; it is still waited for. */
const tanCodes: ReadonlySet<number> = new Set([30, 3955, 3956, 3957]);
/** What the bank answers orders for entries with, some one with the other's (Frankfurter Volksbank; phpFinTS 553). */
const entrySegments = ['HIKAZ', 'HICAZ', 'DIKKU'];
/** There is nothing to tell. */
const nothingCode = 3010;

export type Dialog = ReturnType<typeof createDialog>;

/** A dialog with the bank of a grant: a new one, or one that goes on. */
export type DialogOf = (
  grant: Pick<FinTsGrant, 'institutionId' | 'login'> & Partial<Pick<FinTsGrant, 'known'>>,
  before?: OpenDialog,
) => Promise<Dialog>;

/**
 * One dialog with a bank, new or gone on with (`before`). The package builds and reads messages; when one is sent, and to
 * where, is decided here. Every method throws FinTsRefusal for what the bank refuses, and sends nothing twice.
 */
export function createDialog(parts: DialogParts, before?: OpenDialog) {
  const { library, login, clock, url } = parts;
  const config = configOf(parts);
  let id = before?.id ?? '0';
  let sent = before?.sent ?? 0;
  let hasAccounts = before?.hasAccounts ?? false;

  function method() {
    const { methodId } = login;
    if (methodId === undefined) return undefined;
    const found = config.availableTanMethods.find((it) => it.id === methodId);
    if (!found) throw new BankError('consent-expired', 'the TAN method is not offered any more');
    // Before version 6 there was no strong authentication.
    return found.version >= 6 ? found : undefined;
  }

  async function exchange(call: string, segments: readonly Segment[], tan?: string) {
    const message = new library.CustomerMessage(id, sent + 1);
    const { systemId } = config.bankingInformation;
    const { countryCode, bankId } = config;
    message.sign(countryCode, bankId, login.userId, login.pin, systemId, method()?.id, tan);
    for (const segment of segments) message.addSegment(segment);
    sent += 1;
    const reply = readReply(library, await parts.send(call, url, encodeMessage(message)));
    id = reply.message.findSegment<Segment & MessageHead>('HNHBK')?.dialogId ?? id;
    const codes = reply.answers.map(({ code }) => code);
    if (codes.some(isRefusal)) throw new FinTsRefusal(call, codes);
    return reply;
  }

  function toTold(reply: BankReply): Told {
    const codes = reply.answers.map(({ code }) => code);
    const needsTan = codes.some((code) => tanCodes.has(code));
    if (!needsTan) return { kind: 'told', reply };
    const asked = reply.message.findSegment<Segment & TanSegment>('HITAN');
    if (!asked) throw new BankError('reply-unreadable', 'a TAN is asked for without a question');
    const said = reply.answers.find(({ code }) => tanCodes.has(code) && code !== 30);
    return {
      kind: 'tan',
      reference: asked.orderReference,
      challenge: asked.challenge ?? said?.text ?? '',
      hhdUc: asked.challengeHhdUc,
      isDecoupled: method()?.isDecoupled === true || said !== undefined,
    };
  }

  /** Takes what the bank tells of itself and of the user's accounts at the beginning of a dialog. */
  function learn({ message }: BankReply): void {
    hasAccounts ||= message.findSegment('HIUPA') !== undefined;
    try {
      beginningOf(library, config).handleClientResponse(withoutTan(library, message));
    } catch {
      // Its words quote the bank's.
      throw new BankError('reply-unreadable', 'what the bank tells of itself');
    }
    const { bpd } = config.bankingInformation;
    if (bpd) bpd.url = url.href;
    if (bpd && message.findSegment('HIBPA')) learnCards(bpd, message);
  }

  /** HKTAN that goes with an order, where the bank wants one. */
  function tanSegment(segId: string): readonly Segment[] {
    const its = method();
    if (!its) return [];
    const named = login.medium !== undefined && { tanMedia: login.medium };
    return [segmentOf('HKTAN', its.version, { tanProcess: '4', segId, ...named })];
  }

  function needsTan(segId: string): boolean {
    const { bpd } = config.bankingInformation;
    return bpd?.allowedTransactions.some((it) => it.transId === segId && it.tanRequired) ?? false;
  }

  async function begin(purpose: 'HKIDN' | 'HKTAB' = 'HKIDN'): Promise<Told> {
    const segments = beginningOf(library, config).getSegments(config);
    const reply = await exchange('login', [...segments, ...tanSegment(purpose)]);
    learn(reply);
    return toTold(reply);
  }

  /** Reads all pages from one on. */
  async function readPages(
    order: Order,
    first: BankReply | undefined,
    known: readonly string[],
  ): Promise<OrderTold> {
    const pages = [...known];
    const marks = new Set<string>();
    for (let reply = first; ; reply = undefined) {
      if (!reply) {
        const mark = [...marks].at(-1);
        const hktan = needsTan(order.segId) ? tanSegment(order.segId) : [];
        const segments = [orderSegment(config, order, mark), ...hktan];
        const told = toTold(await exchange(callOf(order), segments));
        if (told.kind === 'tan') return { ...told, parts: pages };
        reply = told.reply;
      }
      const { raw, answers } = reply;
      const isBalance = order.segId === 'HKSAL';
      const told = (isBalance ? ['HISAL'] : entrySegments).flatMap((segId) => raw(segId));
      const isNothing = answers.some(({ code }) => code === nothingCode);
      if (told.length === 0 && !isNothing && !isBalance) {
        throw new BankError('reply-unreadable', `${callOf(order)}: neither any nor none`);
      }
      pages.push(...told);
      const more = reply.answers.find(({ code }) => code === 3040);
      if (!more) return { kind: 'parts', parts: pages };
      const next = more.params?.[0];
      if (!next || marks.has(next) || marks.size >= pageMax) {
        throw new BankError('reply-unreadable', `${callOf(order)}: pages without end`);
      }
      marks.add(next);
    }
  }

  return {
    known: () => config.bankingInformation,
    tanMethods: () => config.availableTanMethods,
    method,
    learn,
    begin,

    state(): OpenDialog {
      return { id, sent, at: clock.now(), hasAccounts };
    },

    run: (order: Order) => readPages(order, undefined, []),
    /** Goes on after the TAN with what the bank has answered to it. */
    runOn: (order: Order, reply: BankReply, known: readonly string[]) =>
      readPages(order, reply, known),

    /** Sends the TAN, or asks whether the user has approved. */
    async confirm(
      reference: string,
      { isDecoupled, tan }: { isDecoupled: boolean; tan?: string },
    ): Promise<Told> {
      const its = method();
      const segment = segmentOf('HKTAN', its?.version ?? 7, {
        tanProcess: isDecoupled ? 'S' : '2',
        orderRef: reference,
        nextTan: false,
      });
      return toTold(await exchange('confirmation', [segment], tan));
    },

    /** Names of the devices on which the user gets TANs. */
    async media(): Promise<readonly string[]> {
      const version = config.getMaxSupportedTransactionVersion('HKTAB');
      if (!version) return [];
      // Sparkassen take no other kind than all (0; lib-fints 22).
      const order = segmentOf('HKTAB', version, { mediaType: 0, mediaClass: 'A' });
      const { message } = await exchange('tan-media', [order]);
      const list = message.findSegment<Segment & MediaSegment>('HITAB')?.mediaList ?? [];
      return [...new Set(list.flatMap((medium) => medium?.name || []))];
    },

    /** Numbers and BICs of the accounts, where the bank gives no IBAN with them; it may refuse to. */
    async readIbans(): Promise<void> {
      const version = config.getMaxSupportedTransactionVersion('HKSPA');
      const accounts = config.bankingInformation.upd?.bankAccounts ?? [];
      if (!version || needsTan('HKSPA') || accounts.every(({ iban }) => iban)) return;
      try {
        const { message } = await exchange('ibans', [segmentOf('HKSPA', version, {})]);
        const segments = message.findAllSegments<Segment & SepaSegment>('HISPA');
        addIbans(
          accounts,
          segments.flatMap(({ sepaAccounts = [] }) => sepaAccounts),
        );
      } catch (error) {
        if (!isOfOneOrder(error)) throw error;
      }
    },

    /** Lets go; never throws, for all that was wanted has come. */
    async end(): Promise<void> {
      if (id === '0') return;
      await exchange('end', [segmentOf('HKEND', 1, { dialogId: id })]).catch(() => undefined);
    },
  };
}

function addIbans(accounts: readonly BankAccount[], told: readonly SepaAccount[]): void {
  for (const { accountNumber, subAccountId = '', iban, bic } of told) {
    const account = accounts.find(
      (it) => it.accountNumber === accountNumber && (it.subAccountId ?? '') === subAccountId,
    );
    if (account && iban) Object.assign(account, { iban, bic });
  }
}

function configOf({ library, url, blz, productId, login, known }: DialogParts): FinTSConfig {
  const config = library.FinTSConfig.forFirstTimeUse(
    productId,
    productVersion,
    url.href,
    blz,
    login.userId,
    login.pin,
    login.customerId,
    germany,
  );
  if (known) config.bankingInformation = structuredClone(known);
  return config;
}

/** What the package says and reads at the beginning of a dialog; it also asks for a system id where there is none. */
function beginningOf(library: Library, config: FinTSConfig) {
  const [beginning] = new library.Dialog(config, true).interactions;
  if (!beginning) throw new TypeError('a dialog without a beginning');
  return beginning;
}

/** Some banks tell all that they have to tell together with the question for the TAN, where the package does not look. */
function withoutTan(library: Library, { segments }: Message): Message {
  return new library.Message(
    segments.map((segment) => {
      if (!/^HIRM[GS]$/.test(segment.header.segId)) return segment;
      const { answers } = segment as Segment & AnswersSegment;
      const others = answers.filter(({ code }) => !tanCodes.has(code));
      return { ...segment, answers: others } as Segment;
    }),
  );
}

function callOf({ segId }: Order): string {
  return segId === 'HKSAL' ? 'balances' : 'entries';
}
