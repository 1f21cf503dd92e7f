import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { descriptionSeparator, type PostedRow } from '../../cloud/learner/book-row.ts';
import { isCalendarDate } from '../../shared/calendar-date.ts';
import { decimalsOf, parseMoney } from '../../shared/money.ts';
import { BenchRefused } from './bench-refused.ts';

/** Rows of one file, oldest first. */
export interface History {
  /** Name of the file without .csv. */
  readonly file: string;
  readonly rows: readonly PostedRow[];
}

/** Thrown for a folder or file that cannot be measured; the message names it, and the line. */
export class HistoryError extends BenchRefused {
  override readonly name = 'HistoryError';
}

const header = 'date,description,amount,currency,account,counter_account';

/** Every CSV file of a folder, by name. @throws HistoryError */
export async function readHistories(folder: string): Promise<readonly History[]> {
  const entries = await readdir(folder).catch((cause: unknown) => {
    throw new HistoryError(`${folder} is no folder that can be read`, { cause });
  });
  const files = entries.filter((name) => name.endsWith('.csv')).sort();
  if (files.length === 0) throw new HistoryError(`${folder} has no CSV file`);
  const histories: History[] = [];
  for (const name of files) {
    const text = await readFile(join(folder, name), 'utf8');
    histories.push({ file: name.slice(0, -'.csv'.length), rows: readRows(name, text) });
  }
  return histories;
}

function readRows(name: string, text: string): readonly PostedRow[] {
  const [first, ...records] = readCsv(name, text.replace(/^\ufeff/, ''));
  if (first?.fields.join(',') !== header) {
    throw new HistoryError(`${name}, line 1: the header must be ${header}`);
  }
  if (records.length === 0) throw new HistoryError(`${name} has no rows`);
  return records.map(({ line, fields }) => toRow(fields, `${name}, line ${line}`));
}

function toRow(fields: readonly string[], where: string): PostedRow {
  if (fields.length !== 6) throw new HistoryError(`${where}: ${fields.length} fields instead of 6`);
  const [date = '', description = '', amount = '', currency = '', account = '', counter = ''] =
    fields;
  if (!isCalendarDate(date)) throw new HistoryError(`${where}: "${date}" is no date`);
  if (!counter) throw new HistoryError(`${where}: the counter-account is missing`);
  try {
    return {
      date,
      description: description.replace(' | ', descriptionSeparator),
      amount: parseMoney(withDecimals(amount, decimalsOf(currency)), currency),
      account,
      counterAccount: counter,
    };
  } catch (cause) {
    throw new HistoryError(`${where}: "${amount} ${currency}" is no amount`, { cause });
  }
}

/** Sums from others' programs may have more decimals than their currency: -12.300000000000001. */
function withDecimals(amount: string, decimals: number): string {
  return /^[+-]?\d+\.\d+$/.test(amount) ? Number(amount).toFixed(decimals) : amount;
}

interface CsvRecord {
  /** Of its first character, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** RFC 4180: quoted fields may hold commas, line breaks and doubled quotes. */
function readCsv(name: string, text: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let line = 1;
  let start = 1;
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      const opened = line;
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (at >= text.length)
          throw new HistoryError(`${name}, line ${opened}: a quote stays open`);
        if (text[at] === '"') at++;
        if (text[at] === '\n') line++;
        field += text[at];
      }
      at++;
      if (at < text.length && !/[,\r\n]/.test(text[at] ?? '')) {
        throw new HistoryError(`${name}, line ${line}: text follows a closed quote`);
      }
    } else {
      const from = at;
      while (at < text.length && !/[,\r\n]/.test(text[at] ?? '')) at++;
      field = text.slice(from, at);
    }
    fields.push(field);
    const isEnd = text[at] !== ',';
    if (text[at] === '\r') at++;
    at++;
    if (!isEnd && at < text.length) continue;
    if (!isEnd) fields.push('');
    if (fields.length > 1 || fields[0] !== '') records.push({ line: start, fields });
    fields = [];
    line++;
    start = line;
  }
  return records;
}
