import { createHash } from 'node:crypto';
import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import type { BankCustomer, TanMethod } from './bank-customer.ts';
import { dropOldest } from './drop-oldest.ts';

/** What the bank wants its customer to do now. */
export type ConfirmationStep =
  | { readonly kind: 'question'; readonly question: string; readonly answers: readonly string[] }
  | { readonly kind: 'method'; readonly methods: readonly TanMethod[] }
  | { readonly kind: 'code'; readonly method: 'sms' | 'photo'; readonly code: string }
  | { readonly kind: 'approval' }
  | { readonly kind: 'approved' }
  | { readonly kind: 'done' }
  | { readonly kind: 'over'; readonly code: 'confirmation-over' | 'confirmation-declined' };

export interface Confirmation {
  readonly id: string;
  readonly customer: BankCustomer;
  /** The browser that is to show it. */
  readonly sessionId: string;
  /** Where it leads, a path of this bank. */
  readonly onward: string;
  /** It stands before a login, after which the bank remembers the browser. */
  readonly isLogin: boolean;
  readonly beganAt: Instant;
  readonly wrongCount: number;
  readonly step: ConfirmationStep;
}

/** What the customer's phone shows of a confirmation, and what can be done there. */
export interface ConfirmationOnPhone {
  readonly step: 'question' | 'method' | 'code' | 'approval';
  /** The one that the customer chose, or has no choice about. */
  readonly method?: TanMethod;
  /** What to type: the code, or the answer to the question. */
  readonly code?: string;
  /** @throws RangeError where nothing waits for it. */
  approve(): void;
  /** @throws RangeError where nothing waits for it. */
  decline(): void;
}

export type Confirmations = ReturnType<typeof createConfirmations>;

const confirmationMs = 5 * 60_000;
/** For how long after it a customer is not asked again for a page that needs one. */
const afterConfirmationMs = 10 * 60_000;
const wrongMax = 3;
const openMax = 1_000;
const codeDigits = 6;

/** What the bank has asked its customers to confirm on its own pages; it all ends with the program. */
export function createConfirmations({
  clock,
  ids,
  onConfirmed,
}: {
  clock: Clock;
  ids: Ids;
  onConfirmed: () => void;
}) {
  /** Newest last. */
  const begun = new Map<string, Confirmation>();
  const confirmedAt = new Map<string, Instant>();

  function find(id: string): Confirmation | undefined {
    const found = begun.get(id);
    const isPast = found && clock.now() >= addMs(found.beganAt, confirmationMs);
    if (isPast && found.step.kind !== 'over') return setStep(found, overStep);
    return found;
  }

  function setStep(confirmation: Confirmation, step: ConfirmationStep): Confirmation {
    const next = { ...confirmation, step };
    begun.set(next.id, next);
    return next;
  }

  function askByMethod(method: TanMethod): ConfirmationStep {
    if (method === 'app') return { kind: 'approval' };
    return { kind: 'code', method, code: digitsOf(ids.next('code')) };
  }

  function askForMethod({ methods = ['sms'] }: BankCustomer): ConfirmationStep {
    const [first, ...more] = methods;
    if (!first) throw new RangeError('a customer has a method at least');
    return more.length > 0 ? { kind: 'method', methods } : askByMethod(first);
  }

  function isOpen(confirmation: Confirmation): boolean {
    return ['question', 'method', 'code', 'approval'].includes(confirmation.step.kind);
  }

  function open(): readonly Confirmation[] {
    return [...begun.keys()].flatMap((id) => find(id) ?? []).filter(isOpen);
  }

  function answerOnPhone(id: string, answer: 'approve' | 'decline'): void {
    const confirmation = find(id);
    if (confirmation?.step.kind !== 'approval') throw new RangeError('nothing waits for approval');
    setStep(confirmation, answer === 'approve' ? { kind: 'approved' } : declinedStep);
  }

  return {
    /** The one that is open for the same browser and page, or a new one. */
    begin(
      asked: Pick<Confirmation, 'customer' | 'sessionId' | 'onward' | 'isLogin'>,
    ): Confirmation {
      const same = open().find(
        ({ sessionId, onward, isLogin }) =>
          sessionId === asked.sessionId && onward === asked.onward && isLogin === asked.isLogin,
      );
      if (same) return same;
      const step = asked.customer.isAskedQuestion
        ? questionOf(ids.next('question'))
        : askForMethod(asked.customer);
      const id = ids.next('confirm');
      const confirmation = { ...asked, id, beganAt: clock.now(), wrongCount: 0, step };
      begun.set(id, confirmation);
      dropOldest(begun, openMax);
      return confirmation;
    },

    /** As it stands now; undefined where there never was one, or where it is long gone. */
    find,

    choose(id: string, method: TanMethod): void {
      const confirmation = find(id);
      if (confirmation?.step.kind !== 'method' || !confirmation.step.methods.includes(method))
        return;
      setStep(confirmation, askByMethod(method));
    },

    /** Takes a code or the answer to a question; false when it is wrong. */
    answer(id: string, typed: string): boolean {
      const confirmation = find(id);
      if (!confirmation) return true;
      const { step } = confirmation;
      if (step.kind !== 'code' && step.kind !== 'question') return true;
      const right = step.kind === 'code' ? [step.code] : step.answers;
      if (right.includes(typed.trim().toLowerCase())) {
        const next = step.kind === 'code' ? approvedStep : askForMethod(confirmation.customer);
        setStep(confirmation, next);
        return true;
      }
      const wrongCount = confirmation.wrongCount + 1;
      setStep({ ...confirmation, wrongCount }, wrongCount >= wrongMax ? overStep : step);
      return false;
    },

    /** Ends one that is approved: the customer has confirmed. False when it is not, or was ended before. */
    finish(id: string): boolean {
      const confirmation = find(id);
      if (confirmation?.step.kind !== 'approved') return false;
      setStep(confirmation, { kind: 'done' });
      confirmedAt.delete(confirmation.customer.login);
      confirmedAt.set(confirmation.customer.login, clock.now());
      dropOldest(confirmedAt, openMax);
      onConfirmed();
      return true;
    },

    /** Whether the customer has confirmed anything in the last ten minutes. */
    isJustConfirmed(login: string): boolean {
      const at = confirmedAt.get(login);
      return at !== undefined && clock.now() < addMs(at, afterConfirmationMs);
    },

    /** All that wait for their customers, oldest first. */
    open,

    answerOnPhone,

    /** What the customer's phone shows now, of the newest one; undefined while nothing is asked. */
    onPhone(login: string): ConfirmationOnPhone | undefined {
      const newest = open().findLast(({ customer }) => customer.login === login);
      if (!newest) return undefined;
      return {
        ...shownOnPhone(newest.step),
        approve: () => answerOnPhone(newest.id, 'approve'),
        decline: () => answerOnPhone(newest.id, 'decline'),
      };
    },
  };
}

const approvedStep = { kind: 'approved' } as const;
const overStep = { kind: 'over', code: 'confirmation-over' } as const;
const declinedStep = { kind: 'over', code: 'confirmation-declined' } as const;

function shownOnPhone(step: ConfirmationStep): Omit<ConfirmationOnPhone, 'approve' | 'decline'> {
  switch (step.kind) {
    case 'question':
      return { step: 'question', code: step.answers[0] ?? '' };
    case 'code':
      return { step: 'code', method: step.method, code: step.code };
    case 'approval':
      return { step: 'approval', method: 'app' };
    default:
      return { step: 'method' };
  }
}

/** Six digits that follow from an id which nobody can guess. */
function digitsOf(id: string): string {
  const number = hashOf(id).readUInt32BE(0) % 10 ** codeDigits;
  return String(number).padStart(codeDigits, '0');
}

/** Two numbers in words; the answer may be in words or in digits. */
function questionOf(id: string): ConfirmationStep {
  const hash = hashOf(id);
  const [a, b] = [1 + (hash.readUInt8(0) % 9), 1 + (hash.readUInt8(1) % 9)];
  const sum = a + b;
  return {
    kind: 'question',
    question: `What is ${numberWords[a]} plus ${numberWords[b]}?`,
    answers: [numberWords[sum] ?? '', String(sum)],
  };
}

function hashOf(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

const numberWords = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  ...['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen'],
];
