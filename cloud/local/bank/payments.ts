import type { ObservedEntry } from '../../../shared/bank.ts';
import { addDays, type CalendarDate, dayOf, type Instant } from '../../../shared/calendar-date.ts';
import type { Money } from '../../../shared/money.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import { type Collection, type Store, write } from '../../ports/store.ts';

/** A payment that somebody made on the bank's home page. */
interface PaymentDoc {
  readonly account: string;
  readonly madeAt: Instant;
  /** Pending until this day. */
  readonly bookingDate: CalendarDate;
  readonly amount: Money;
  readonly counterparty: string;
  readonly text: string;
}

export interface NewPayment {
  /** Key of the account. */
  readonly account: string;
  readonly amount: Money;
  readonly counterparty: string;
  readonly text: string;
  readonly pending: boolean;
}

const payments: Collection<PaymentDoc> = { name: 'sandboxPayments', indexed: ['account'] };

/** A made-up bank need not hold more of an account. */
const paymentMax = 500;
/** As card payments do, a pending one is booked two days later. */
const pendingDays = 2;

export type Payments = ReturnType<typeof createPayments>;

/** The payments that people make at the Sandbox Bank to see them arrive in their book. */
export function createPayments({ store, clock, ids }: { store: Store; clock: Clock; ids: Ids }) {
  async function list(account: string): Promise<readonly (PaymentDoc & { reference: string })[]> {
    const found = await store.find(payments, {
      field: 'account',
      op: '==',
      value: account,
      limit: paymentMax,
    });
    return found
      .map(({ key, value }) => ({ ...value, reference: key }))
      .sort((a, b) => a.madeAt.localeCompare(b.madeAt));
  }

  return {
    /** As entries at this instant, in the order in which they were made. */
    async entries(account: string): Promise<readonly ObservedEntry[]> {
      const today = dayOf(clock.now());
      return (await list(account)).map((payment) => toEntry(payment, today));
    },

    /** False when the account holds as many as it may. */
    async add({ pending, ...payment }: NewPayment): Promise<boolean> {
      if ((await list(payment.account)).length >= paymentMax) return false;
      const madeAt = clock.now();
      const bookingDate = addDays(dayOf(madeAt), pending ? pendingDays : 0);
      const value = { ...payment, madeAt, bookingDate };
      await store.commit([write(payments, ids.next('pay'), value, 'absent')]);
      return true;
    },

    /** Books a pending payment today; false for one that is booked, or is of another account. */
    async book(account: string, reference: string): Promise<boolean> {
      const doc = await store.get(payments, reference);
      const today = dayOf(clock.now());
      if (doc?.value.account !== account || doc.value.bookingDate <= today) return false;
      const value = { ...doc.value, bookingDate: today };
      await store.commit([write(payments, reference, value, { version: doc.version })]);
      return true;
    },
  };
}

function toEntry(
  { reference, amount, counterparty, text, ...payment }: PaymentDoc & { reference: string },
  today: CalendarDate,
): ObservedEntry {
  const entry = { reference, amount, counterparty, text };
  if (payment.bookingDate > today) {
    return { ...entry, status: 'pending', valueDate: dayOf(payment.madeAt) };
  }
  const { bookingDate } = payment;
  return { ...entry, status: 'booked', bookingDate, valueDate: bookingDate };
}
