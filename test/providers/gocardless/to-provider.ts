import type { BankAccountBook } from '../../../cloud/local/bank/bank-customer.ts';
import type { Balance, BankAccountType, ObservedEntry } from '../../../shared/bank.ts';
import type { CalendarDate } from '../../../shared/calendar-date.ts';
import { formatAmount, type Money } from '../../../shared/money.ts';

// What the Sandbox Bank knows, in the shapes of GoCardless Bank Account Data v2.

export function toMetadata({ iban, holder }: BankAccountBook, id: string, now: string) {
  return {
    id,
    created: now,
    last_accessed: now,
    iban: iban ?? '',
    institution_id: 'SANDBOX_SANDDEFF',
    status: 'READY',
    owner_name: holder,
  };
}

export function toDetails(account: BankAccountBook, id: string) {
  const { iban, bban, maskedPan, currency, name, holder, product, type } = account;
  return {
    resourceId: id,
    ...(iban && { iban }),
    ...(bban && { bban }),
    ...(maskedPan && { maskedPan }),
    currency,
    name,
    ownerName: holder,
    ...(product && { product }),
    cashAccountType: codeByType[type],
    status: 'enabled',
  };
}

const codeByType: Readonly<Record<BankAccountType, string>> = {
  current: 'CACC',
  savings: 'SVGS',
  card: 'CARD',
  loan: 'LOAN',
  investment: 'SACC',
};

export function toBalances({ booked, available }: Balance, today: CalendarDate) {
  const one = (balanceType: string, amount: Money) => ({
    balanceAmount: toAmount(amount),
    balanceType,
    creditLimitIncluded: balanceType === 'interimAvailable',
    referenceDate: today,
  });
  return [
    ...(booked ? [one('interimBooked', booked)] : []),
    ...(available ? [one('interimAvailable', available)] : []),
  ];
}

export function toTransaction(entry: ObservedEntry, index: number) {
  const { reference, bookingDate, valueDate, amount, balanceAfter, original } = entry;
  const side = amount.minor > 0 ? 'debtor' : 'creditor';
  return {
    // Its own id stands beside the bank's; where the bank has none it is a digest of what is told.
    ...(reference && { transactionId: reference, internalTransactionId: `i-${index}` }),
    ...(bookingDate && { bookingDate }),
    ...(valueDate && { valueDate }),
    transactionAmount: toAmount(amount),
    ...(entry.counterparty && { [`${side}Name`]: entry.counterparty }),
    ...(entry.counterpartyAccount && { [`${side}Account`]: { iban: entry.counterpartyAccount } }),
    ...(entry.text && { remittanceInformationUnstructuredArray: entry.text.split('\n') }),
    ...(balanceAfter && {
      balanceAfterTransaction: {
        balanceAmount: toAmount(balanceAfter),
        balanceType: 'interimBooked',
      },
    }),
    ...(original && {
      currencyExchange: [{ instructedAmount: toAmount(original), sourceCurrency: 'EUR' }],
    }),
  };
}

function toAmount(amount: Money) {
  return { amount: formatAmount(amount), currency: amount.currency };
}
