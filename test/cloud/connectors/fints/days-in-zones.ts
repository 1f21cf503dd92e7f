import type { BankingInformation } from 'lib-fints';
import { loadLibrary } from '../../../../cloud/connectors/fints/message.ts';
import { orderSegment } from '../../../../cloud/connectors/fints/orders.ts';
import { toEntries } from '../../../../cloud/connectors/fints/to-entries.ts';
import { readStatementFile } from '../../../../cloud/statements/read-statement-file.ts';
import type { ObservedEntry } from '../../../../shared/bank.ts';
import { writeCamt, writeSwift } from '../../../providers/fints/statements.ts';

// Which days are asked for and told in each time zone; to-entries.test.ts runs it, for a process has one zone at a time.

const days = ['2026-02-28', '2026-03-01', '2026-03-29'];
const entries: readonly ObservedEntry[] = days.map((day) => ({
  status: 'booked',
  bookingDate: day,
  valueDate: day,
  amount: { minor: -450, currency: 'EUR' },
  counterparty: 'Cafe Rot',
  text: 'COFFEE',
}));
const account = { number: '202051', blz: '12030000', currency: 'EUR' };
const camt = writeCamt(account, entries, {}, '2026-03-29');
const swift = writeSwift(account, entries, {}, '2026-03-29');
const library = await loadLibrary();
const config = library.FinTSConfig.forFirstTimeUse('A', '1.0', 'https://a.example', '12030000');
config.bankingInformation = {
  systemId: '0',
  bankMessages: [],
  bpd: { allowedTransactions: [{ transId: 'HKKAZ', tanRequired: false, versions: [7] }] },
  upd: { bankAccounts: [{ accountNumber: '202051', iban: 'DE02120300000000202051' }] },
} as unknown as BankingInformation;
const order = { segId: 'HKKAZ', accountId: '202051', from: days[0], to: days[2] } as const;

const told = ['UTC', 'Asia/Jerusalem', 'America/New_York', 'Pacific/Kiritimati'].map((zone) => {
  process.env['TZ'] = zone;
  const parts = [
    `HICAZ:5:1:3+:+camt+@${camt.length}@${camt}`,
    `HIKAZ:5:7:3+@${swift.length}@${swift}`,
  ];
  const shown = parts.map((part) =>
    toEntries([part], readStatementFile, 'EUR').map(({ bookingDate }) => bookingDate),
  );
  const segment = library.encode(orderSegment(config, order, undefined));
  const asked = [...segment.matchAll(/\+(\d{8})(?=[+'])/g)].map(([, day]) => day);
  return { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, asked, shown };
});
process.stdout.write(JSON.stringify(told));
