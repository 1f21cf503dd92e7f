import type { BankAccountType } from '../../../shared/bank.ts';
import type { CalendarDate } from '../../../shared/calendar-date.ts';
import { openBankingPath } from './addresses.ts';
import type { BankAccountBook } from './bank-customer.ts';
import type { ConsentDoc, ConsentStatus } from './consents.ts';
import type { BankTraits } from './traits.ts';

/** An account as the standard describes it, under the id that this consent knows. */
export function toAccountDetails(id: string, account: BankAccountBook, withOwnerName: boolean) {
  const self = `${openBankingPath}/v1/accounts/${id}`;
  return {
    resourceId: id,
    ...toAccountReference(account),
    name: account.name,
    ...(account.product && { product: account.product }),
    ...(withOwnerName && { ownerName: account.holder }),
    cashAccountType: codeByType[account.type],
    status: 'enabled',
    _links: {
      balances: { href: `${self}/balances` },
      transactions: { href: `${self}/transactions` },
    },
  };
}

/** ISO 20022 ExternalCashAccountType1Code; it has none for cards, and banks that list them say CARD. */
const codeByType: Readonly<Record<BankAccountType, string>> = {
  current: 'CACC',
  savings: 'SVGS',
  card: 'CARD',
  loan: 'LOAN',
  investment: 'SACC',
};

export function toAccountReference({ iban, bban, maskedPan, currency }: BankAccountBook) {
  return {
    ...(iban && { iban }),
    ...(bban && { bban }),
    ...(maskedPan && { maskedPan }),
    currency,
  };
}

/** A consent as whoever asked for it may read it. */
export function toConsentInformation(
  consent: ConsentDoc,
  consentStatus: ConsentStatus,
  granted: readonly BankAccountBook[],
  traits: BankTraits,
  today: CalendarDate,
) {
  const accounts = granted.map(toAccountReference);
  return {
    access: {
      accounts,
      balances: accounts,
      transactions: accounts,
      ...(consent.withOwnerName && { additionalInformation: { ownerName: accounts } }),
    },
    recurringIndicator: consent.recurring,
    validUntil: consent.validUntil,
    frequencyPerDay: traits.unattendedPerDay,
    lastActionDate: today,
    consentStatus,
    _links: { account: { href: `${openBankingPath}/v1/accounts` } },
  };
}
