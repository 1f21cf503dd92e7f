import type { TanMethod } from '../../../cloud/local/bank/bank-customer.ts';
import type { SentSegment, Value } from './wire.ts';

// What a bank tells of itself and of its user's accounts (BPD and UPD), as FinTS 3.0 has it.

/** How users of this bank confirm, by the number of the method. */
export const tanMethods = {
  sms: { id: 942, name: 'mobileTAN', zka: 'mobileTAN' },
  photo: { id: 944, name: 'photoTAN', zka: 'HHDOPT1' },
  app: { id: 946, name: 'App-Freigabe', zka: 'Decoupled' },
} as const;

export interface BankParameters {
  readonly blz: string;
  readonly bpdVersion: number;
  /** Where else the bank says that it is. */
  readonly hikom?: string | undefined;
  readonly statements: 'camt' | 'mt940';
  /** How far back it keeps entries. */
  readonly keptDays: number;
  readonly needsMedium?: boolean;
  /** Whether it tells of cards by DKKKU. */
  readonly cards?: boolean | undefined;
  readonly decoupled: { readonly most: number; readonly first: number; readonly next: number };
}

export function bankSegments(bank: BankParameters): SentSegment[] {
  const { blz, hikom, statements, keptDays } = bank;
  const order = (id: string, version: number, params: readonly Value[]): SentSegment => ({
    id,
    version,
    elements: [1, 1, 0, params],
  });
  return [
    {
      id: 'HIBPA',
      version: 3,
      elements: [bank.bpdVersion, [280, blz], 'Sandbox Bank', 1, [1], [300], 500],
    },
    ...(hikom ? [{ id: 'HIKOM', version: 4, elements: [[280, blz], 1, [3, hikom]] }] : []),
    order('HISALS', 7, []),
    order('HIKAZS', 7, [keptDays, 'J', 'N']),
    ...(statements === 'camt'
      ? [order('HICAZS', 1, [keptDays, 'J', 'N', 'urn:iso:std:iso:20022:tech:xsd:camt.052.001.08'])]
      : []),
    // As that of BW-Bank in phpFinTS's pull request 574.
    ...(bank.cards ? [order('DIKKUS', 2, [keptDays, 'N', 'J'])] : []),
    order('HITABS', 4, []),
    // Of a kind that nobody here has heard of.
    { id: 'HIZZZS', version: 3, elements: [1, 1, 0, ['N', 'new?']] },
    {
      id: 'HIPINS',
      version: 1,
      elements: [
        1,
        1,
        0,
        [5, 20, 6, 'Anmeldename', '', ...ordersWithTan(statements), 'DKKKU', 'N'],
      ],
    },
    { id: 'HITANS', version: 6, elements: [1, 1, 0, ['J', 'N', 0, ...methodsOf(bank, 6)]] },
    { id: 'HITANS', version: 7, elements: [1, 1, 0, ['N', 'N', 0, ...methodsOf(bank, 7)]] },
  ];
}

function ordersWithTan(statements: 'camt' | 'mt940'): readonly Value[] {
  const camt = statements === 'camt' ? ['HKCAZ', 'J'] : [];
  return ['HKSAL', 'N', 'HKKAZ', 'J', ...camt, 'HKTAB', 'N', 'HKTAN', 'N'];
}

/** Version 6 has no approvals: its only method is the SMS. */
function methodsOf({ needsMedium, decoupled }: BankParameters, version: 6 | 7): readonly Value[] {
  const { sms, photo, app } = tanMethods;
  return (version === 6 ? [sms] : [photo, app]).flatMap((method) => [
    ...[method.id, 2, `T${method.id}`, method.zka, '', method.name, 6, 1, 'TAN', 256],
    ...['J', 2, 'N', 0, 0, 'N', method === photo ? 'J' : 'N', '00', needsMedium ? 2 : 0, 'N', 1],
    ...(version === 6 ? [] : approvalOf(method === app, decoupled)),
  ]);
}

function approvalOf(
  isApproval: boolean,
  { most, first, next }: BankParameters['decoupled'],
): readonly Value[] {
  return isApproval ? [most, first, next, 'J', 'J'] : ['', '', '', '', ''];
}

export const methodById: ReadonlyMap<number, TanMethod> = new Map(
  Object.entries(tanMethods).map(([key, { id }]) => [id, key as TanMethod]),
);

export interface UserAccount {
  readonly number: string;
  readonly sub?: string | undefined;
  readonly iban?: string | undefined;
  readonly holder: string;
  readonly product: string;
  readonly currency: string;
  readonly type: string;
  readonly orders: readonly string[];
}

const typeNumbers: Readonly<Record<string, number>> = {
  current: 1,
  savings: 10,
  investment: 30,
  loan: 40,
  card: 50,
};

/** A name takes two lines of 27 letters. */
export function userSegments(
  user: string,
  version: number,
  accounts: readonly UserAccount[],
  blz: string,
): SentSegment[] {
  return [
    { id: 'HIUPA', version: 4, elements: [user, version, 0] },
    ...accounts.map((account) => ({
      id: 'HIUPD',
      version: 6,
      elements: [
        [account.number, account.sub, 280, blz],
        account.iban,
        user,
        typeNumbers[account.type] ?? 1,
        account.currency,
        account.holder.slice(0, 27),
        account.holder.slice(27, 54),
        account.product.slice(0, 30),
        '',
        ...account.orders.map((order) => [order, 1]),
      ],
    })),
  ];
}
