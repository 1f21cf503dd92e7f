import type { BankServer } from './bank-server.ts';
import { createVisitor, type Visit } from './visit-bank.ts';

export type Visitor = ReturnType<typeof createVisitor>;

/** What a row of a page's table says: its data-… attributes, and its cells by their data-field. */
export type Row = Readonly<Record<string, string>>;

/** The rows of a table, or the one of a list of details. */
export function readRows({ html }: Visit, id: string): Row[] {
  const inside = new RegExp(`<(table|dl) id="${id}"[^>]*>(.*?)</\\1>`, 's').exec(html)?.[2];
  if (inside === undefined) throw new Error(`the page has no ${id}`);
  const rows = [...inside.matchAll(/<tr data-([^>]*)>(.*?)<\/tr>/gs)];
  if (rows.length === 0) return [fieldsOf(inside)];
  return rows.map(([, attributes = '', cells = '']) => ({
    ...Object.fromEntries(
      [...`data-${attributes}`.matchAll(/data-([a-z]+)="([^"]*)"/g)].map((it) => [it[1], it[2]]),
    ),
    ...fieldsOf(cells),
  }));
}

function fieldsOf(html: string): Row {
  const cells = html.matchAll(/<(td|dd) data-field="([a-z]+)"[^>]*>(.*?)<\/\1>/gs);
  return Object.fromEntries([...cells].map(([, , field = '', text = '']) => [field, text]));
}

/** What tells a program what a page is about. */
export function markOf({ html }: Visit, name: string): string | undefined {
  return new RegExp(`\\bdata-${name}="([^"]*)"`).exec(html)?.[1];
}

/** A browser at the bank's accounts, as the bank remembers it from now on. */
export async function logInToAccounts(
  bank: BankServer,
  login = 'david',
): Promise<{ readonly visitor: Visitor; readonly page: Visit }> {
  const visitor = createVisitor();
  const confirmation = await logIn(bank, visitor, login);
  const page = await answer(visitor, confirmation, bank.control.answers(login)?.code ?? '');
  return { visitor, page };
}

/** As the scraper does: to the accounts, in a browser that is to be remembered. */
export async function logIn(
  bank: BankServer,
  visitor: Visitor,
  login: string,
  password = 'sandbox',
): Promise<Visit> {
  const page = await visitor.open(`${bank.url}/accounts`);
  return visitor.submit(page, '/login', { login, password, device: '1' });
}

/** Types a code, or an answer in words. */
export function answer(visitor: Visitor, page: Visit, code: string): Promise<Visit> {
  return visitor.submit(page, new URL(page.url).pathname, { code });
}

/** The entries of the account that stands first. */
export async function openEntries(
  visitor: Visitor,
  accounts: Visit,
  query: string,
  row = 0,
): Promise<Visit> {
  const id = readRows(accounts, 'accounts')[row]?.['id'] ?? '';
  return visitor.open(`${new URL(accounts.url).origin}/accounts/${id}/entries?${query}`);
}
