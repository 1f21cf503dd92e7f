import { createHash } from 'node:crypto';
import type { BankAccountType } from '../../../shared/bank.ts';
import type { Money } from '../../../shared/money.ts';
import type { Statement } from '../../statements/statement.ts';
import { type BankAccountBook, type BankCustomer, fixedStatement } from './bank-customer.ts';
import { joinEntries } from './join-entries.ts';
import { currencyWhereNone, readStatementFiles, type StatementFile } from './statement-files.ts';

export interface StatementCustomer {
  /** Holds one account for each account and currency in the files. */
  readonly customer: BankCustomer;
  /** What to say in the terminal: file names and line numbers, no content. */
  readonly lines: readonly string[];
}

/**
 * Reads statement files and makes of them who banks at the Sandbox Bank.
 * @throws StatementFilesUnusable
 */
export async function readStatementCustomer(paths: readonly string[]): Promise<StatementCustomer> {
  return toStatementCustomer(await readStatementFiles(paths));
}

export function toStatementCustomer(files: readonly StatementFile[]): StatementCustomer {
  const name = holderOf(files) ?? 'Statement Holder';
  const accounts = [...byAccount(files)].map(([identity, statements]) =>
    toAccount(identity, statements, name),
  );
  return {
    customer: { login: 'statement', password: 'sandbox', name, accounts },
    lines: files.flatMap(linesOf),
  };
}

interface FiledStatement extends Statement {
  readonly file: StatementFile;
}

/** Statements by what identifies their account, equal from run to run. Without a number, each is one of its own. */
function byAccount(files: readonly StatementFile[]): Map<string, FiledStatement[]> {
  const found = new Map<string, FiledStatement[]>();
  for (const file of files) {
    file.statements.forEach((statement, index) => {
      const { iban, number, bank = '' } = statement.account;
      const currency = currencyOf(statement);
      const whose = iban ?? (number ? `${bank} ${number}` : `${fileName(file.path)} ${index}`);
      const identity = `${whose} ${currency}`;
      found.set(identity, [...(found.get(identity) ?? []), { ...statement, file }]);
    });
  }
  return found;
}

function toAccount(
  identity: string,
  statements: readonly FiledStatement[],
  customerName: string,
): BankAccountBook {
  const accounts = statements.map(({ account }) => account);
  const [account] = accounts;
  const type = account?.type ?? 'current';
  const number = account?.number?.replace(/[^A-Za-z0-9]/g, '') ?? '';
  const byFile = Map.groupBy(statements, ({ file }) => file);
  const entries = joinEntries(
    [...byFile.values()].map((ofFile) => ofFile.flatMap((statement) => statement.entries)),
  );
  const booked = latestClosing(statements);
  return {
    key: createHash('sha256').update(identity).digest('hex').slice(0, 16),
    ...(account?.iban && { iban: account.iban }),
    ...(!account?.iban && numberOf(type, account?.bank, number)),
    name:
      accounts.find((each) => each.name)?.name ??
      `${nameByType[type]} ${(account?.iban ?? number).slice(-4)}`.trim(),
    holder: accounts.find((each) => each.holder)?.holder ?? customerName,
    currency: statements[0] ? currencyOf(statements[0]) : currencyWhereNone,
    type,
    statement: fixedStatement({ entries, ...(booked && { balance: { booked } }) }),
  };
}

const nameByType: Readonly<Record<BankAccountType, string>> = {
  current: 'Account',
  savings: 'Savings',
  card: 'Card',
  loan: 'Loan',
  investment: 'Cash at broker',
};

/** A card is known by its last digits; a national number begins with the bank's code where that is a number. */
function numberOf(
  type: BankAccountType,
  bank: string | undefined,
  number: string,
): Pick<BankAccountBook, 'bban' | 'maskedPan'> {
  if (number === '') return {};
  if (type === 'card') return { maskedPan: `${'*'.repeat(12)}${number.slice(-4)}` };
  const code = /^\d{1,12}$/.test(bank ?? '') ? bank : '';
  return { bban: `${code}${number}`.slice(-30) };
}

/** The booked balance that is newest; one without a day only where no other is. */
function latestClosing(statements: readonly Statement[]): Money | undefined {
  const closings = statements.flatMap(({ closing }) => closing ?? []);
  const dated = closings.filter(({ date }) => date !== undefined);
  const [latest] = dated.sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
  return latest ? latest.amount : closings.at(-1)?.amount;
}

function currencyOf({ currency }: Statement): string {
  return currency ?? currencyWhereNone;
}

function holderOf(files: readonly StatementFile[]): string | undefined {
  const accounts = files.flatMap(({ statements }) => statements.map(({ account }) => account));
  return accounts.find(({ holder }) => holder)?.holder;
}

/** A file with thousands of problems is one problem; the first lines show it. */
const problemLineMax = 20;

function linesOf({ path, statements }: StatementFile): string[] {
  const name = fileName(path);
  const problems = statements.flatMap((statement) => statement.problems);
  const lines = problems
    .slice(0, problemLineMax)
    .map(({ line, message }) => `${name}, line ${line}: ${message}`);
  const more = problems.length - lines.length;
  if (more > 0) lines.push(`${name}: There are ${more} more lines like these.`);
  const namesNone = statements.some(
    ({ currency, entries, closing }) => !currency && (entries.length > 0 || closing),
  );
  if (namesNone) {
    lines.unshift(
      `${name}: The file names no currency. Its amounts are taken as ${currencyWhereNone}.`,
    );
  }
  return lines;
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
