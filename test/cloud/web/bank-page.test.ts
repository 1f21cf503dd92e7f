import { expect, test } from '@jest/globals';
import { groupBanks } from '../../../cloud/core/banks.ts';
import { bankList, bankPage } from '../../../cloud/web/bank-page.ts';
import type { Institution } from '../../../shared/bank.ts';

function institution(connector: string, name: string, more: Partial<Institution> = {}) {
  const id = `${connector}:${name.toLowerCase().replace(/\W/g, '-')}`;
  const listed = { id, connector, name, country: 'DE', wayIn: 'psd2', historyDays: 90 } as const;
  return { ...listed, ...more };
}

function found(institutions: readonly Institution[]) {
  return { banks: groupBanks(institutions), more: 0, isElsewhere: false };
}

test('says by which provider a bank is reached where two reach it', async () => {
  const list = [
    institution('enable-banking', 'Sparkasse Musterstadt', { bic: 'MUSTDEFF' }),
    institution('gocardless', 'Sparkasse Musterstadt', { bic: 'MUSTDEFF' }),
    institution('fints', 'Sparkasse Musterstadt', { bic: 'MUSTDEFF', wayIn: 'login' }),
    institution('enable-banking', 'Other Bank'),
  ];
  const html = String(await bankList(found(list), '', 'DE'));
  expect(html.match(/by enable-banking/g)).toHaveLength(1);
  expect(html).toContain('by gocardless');
  expect(html).toMatch(/Other Bank<\/strong> <small>Germany<\/small>/);
});

test('says the routing number of banks that are told apart by nothing else', async () => {
  const numbers = ['20041111', '20041133'];
  const list = numbers.map((number) => ({
    ...institution('fints', 'Two Numbers Bank', { wayIn: 'login', routingNumbers: [number] }),
    id: `fints:${number}`,
  }));
  const html = String(await bankList(found(list), '', 'DE'));
  for (const number of numbers) expect(html).toContain(`Germany · ${number}</small>`);
  expect(html).not.toContain('by fints');
});

test('tells whose banks could be set up, and nothing where all are', async () => {
  const unset = [{ id: 'plaid', name: 'Plaid', covers: '<US> & Canada', settings: ['X'] }];
  const page = async (it: Parameters<typeof bankPage>[3]) =>
    String(await bankPage(found([]), 'x', 'DE', it));
  expect(await page(unset)).toMatch(/missing\?.*Plaid<\/strong>: &lt;US&gt; &amp; Canada/s);
  expect(await page([])).not.toContain('missing?');
});
