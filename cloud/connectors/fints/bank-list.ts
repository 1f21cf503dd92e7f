import { z } from 'zod';

/** A bank and where it answers FinTS. */
export interface ListedBank {
  /** The German bank code, eight digits. */
  readonly blz: string;
  readonly name: string;
  readonly city?: string | undefined;
  readonly bic?: string | undefined;
  /** https, or http on this machine. */
  readonly url: string;
}

/** What is wrong with a line, without a word of it; `line` from 1, or the place in a JSON list. */
export interface ListProblem {
  readonly line: number;
  readonly message: string;
}

export interface BankListReading {
  readonly banks: readonly ListedBank[];
  readonly problems: readonly ListProblem[];
  /** Lines of banks that tell no address for PIN and TAN, or another version than 3.0. */
  readonly withoutFinTs: number;
}

const listed = z.object({
  blz: z.string().regex(/^\d{8}$/, 'blz is not eight digits'),
  name: z.string().trim().min(1, 'the name is missing'),
  city: z.string().optional(),
  bic: z
    .string()
    .regex(/^[A-Z]{4}DE[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'bic is not one of a German bank')
    .optional(),
  url: z.string().refine(isSafeUrl, 'the address is not https'),
});

/** A PIN goes there, so only over TLS; plain on this machine, for a server to try things with. */
export function isSafeUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.username || url.password) return false;
  const isHere = url.hostname === '127.0.0.1' || url.hostname === 'localhost';
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
}

/**
 * Reads a list of banks: JSON, or the CSV that comes by mail after the registration of a product (columns BLZ, BIC, Institut,
 * Ort, PIN/TAN-Zugang URL, Version; windows-1252 or UTF-8), or a CSV with the columns blz, name, city, bic, url.
 * Of several lines about the same bank and address the first one counts.
 */
export function readBankList(bytes: Uint8Array): BankListReading {
  const text = decode(bytes);
  return /^\s*\[/.test(text) ? readJsonList(text) : readCsvList(text);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function readJsonList(text: string): BankListReading {
  let list: unknown[];
  try {
    list = JSON.parse(text) as unknown[];
  } catch {
    return { banks: [], problems: [{ line: 1, message: 'is not JSON' }], withoutFinTs: 0 };
  }
  return collect(list.map((bank, index) => ({ line: index + 1, bank })));
}

/** Our names of the columns by theirs, in lower case. */
const columnNames: Readonly<Record<string, keyof ListedBank | 'version'>> = {
  blz: 'blz',
  bic: 'bic',
  institut: 'name',
  name: 'name',
  ort: 'city',
  city: 'city',
  'pin/tan-zugang url': 'url',
  url: 'url',
  version: 'version',
};

function readCsvList(text: string): BankListReading {
  const rows = text.split(/\r\n|\r|\n/).map((line, index) => ({ line: index + 1, text: line }));
  const head = rows.find((row) => row.text.trim() !== '');
  const separator = head?.text.includes(';') ? ';' : ',';
  const names = splitRow(head?.text ?? '', separator).map(
    (name) => columnNames[name.toLowerCase().replace(/\s+/g, ' ')],
  );
  const missing = (['blz', 'name', 'url'] as const).filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const message = `no columns for ${missing.join(', ')}`;
    return { banks: [], problems: [{ line: head?.line ?? 1, message }], withoutFinTs: 0 };
  }
  let withoutFinTs = 0;
  const told = rows
    .filter((row) => row !== head && /[^;,\s"]/.test(row.text))
    .flatMap((row) => {
      const cells = splitRow(row.text, separator);
      const fields = names.flatMap((name, index) => {
        const cell = cells[index] ?? '';
        return name && cell !== '' ? [[name, cell] as const] : [];
      });
      const { version, ...bank } = Object.fromEntries(fields);
      const isOther = version !== undefined && !version.includes('3.0');
      if (bank.blz !== undefined && (bank.url === undefined || isOther)) {
        withoutFinTs += 1;
        return [];
      }
      return [{ line: row.line, bank: { ...bank, ...tidy(bank) } }];
    });
  return { ...collect(told), withoutFinTs };
}

/** The list has codes with gaps, BICs in small letters and addresses with blanks around them. */
function tidy({ blz, bic, url }: Partial<Record<keyof ListedBank, string>>) {
  return {
    ...(blz && { blz: blz.replace(/\s/g, '') }),
    ...(bic && { bic: bic.replace(/\s/g, '').toUpperCase() }),
    ...(url && { url: url.trim() }),
  };
}

function splitRow(text: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const letter of text) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell.trim()];
}

function collect(
  told: readonly { readonly line: number; readonly bank: unknown }[],
): BankListReading {
  const banks = new Map<string, ListedBank>();
  const problems: ListProblem[] = [];
  for (const { line, bank } of told) {
    const read = listed.safeParse(bank);
    if (read.success) {
      const { blz, url } = read.data;
      const key = `${blz} ${new URL(url).href}`;
      if (!banks.has(key)) banks.set(key, read.data);
      continue;
    }
    for (const { path, message } of read.error.issues) {
      const isMissing = message.startsWith('Invalid input');
      problems.push({ line, message: isMissing ? `${path.join('.')} is missing` : message });
    }
  }
  return { banks: [...banks.values()], problems, withoutFinTs: 0 };
}
