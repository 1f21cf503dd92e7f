import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defineProvider } from '../provider.ts';
import { type ListedBank, readBankList } from './bank-list.ts';
import { createFinTs, type FinTsBank } from './connector.ts';
import { knownBanks } from './known-banks.ts';

/** What every bank gives without a TAN: Article 10a of Regulation (EU) 2018/389. */
const historyDays = 90;
/** Of wrong lines this many are told. */
const toldMax = 20;

/** The list itself where it is JSON, else the path of a file. */
const bankList = z.string().transform((setting, context) => {
  let bytes: Uint8Array;
  try {
    bytes = setting.trimStart().startsWith('[') ? Buffer.from(setting) : readFileSync(setting);
  } catch {
    context.addIssue('is no file that can be read');
    return z.NEVER;
  }
  const { banks, problems } = readBankList(bytes);
  for (const { line, message } of problems.slice(0, toldMax)) {
    context.addIssue(`line ${line}: ${message}`);
  }
  if (problems.length > toldMax) context.addIssue(`${problems.length - toldMax} more lines`);
  return banks;
});

export const finTs = defineProvider({
  id: 'fints',
  name: 'FinTS',
  covers: 'nearly all banks of Germany, with the login of their online banking',
  settings: z.object({
    /** Of the product, as it was registered: never another program's, for banks shut those out. */
    BOOKFEED_FINTS_PRODUCT_ID: z
      .string()
      .regex(/^[A-Za-z0-9]{1,25}$/, 'is no product id: 25 letters and digits'),
    BOOKFEED_FINTS_BANKS: bankList.optional(),
  }),
  create: ({ BOOKFEED_FINTS_PRODUCT_ID: productId, BOOKFEED_FINTS_BANKS: given = [] }, parts) => {
    const { fetch, clock, readStatementFile } = parts;
    return createFinTs({ fetch, clock, readStatementFile, productId, banks: banksOf(given) });
  },
});

/** Those of the list, and the known ones that it does not have. */
export function banksOf(given: readonly ListedBank[]): readonly FinTsBank[] {
  const codes = new Set(given.map(({ blz }) => blz));
  const banks = [...given, ...knownBanks.filter(({ blz }) => !codes.has(blz))];
  const seen = new Set<string>();
  return banks.map(({ blz, name, city, bic, url }) => {
    // A bank with several addresses: the first one is found by its code alone.
    const isFirst = !seen.has(blz);
    seen.add(blz);
    const host = new URL(url).host.replace(/[^a-z0-9]+/g, '-');
    return {
      blz,
      url,
      institution: {
        id: `fints:${blz}${isFirst ? '' : `-${host}`}`,
        connector: 'fints',
        name,
        country: 'DE',
        ...(city && { city }),
        ...(bic && { bic }),
        routingNumbers: [blz],
        wayIn: 'login' as const,
        historyDays,
      },
    };
  });
}
