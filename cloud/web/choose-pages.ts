import type { Hono } from 'hono';
import { FailureError } from '../../shared/failures.ts';
import { type Bank, bankOf, listBanks } from '../core/banks.ts';
import {
  acceptTerms,
  chooseCountry,
  chooseInstitution,
  countCountries,
} from '../core/connect-session.ts';
import { createBankSearch, type FoundBanks } from '../core/search-banks.ts';
import type { World } from '../core/world.ts';
import { bankList, bankPage } from './bank-page.ts';
import type { Doors } from './connect-doors.ts';
import { countryPage } from './country-page.ts';
import { acceptPage } from './legal-html.ts';
import { wayInPage } from './way-in-page.ts';

/** The pages on which the user chooses: country, terms, bank, way in. */
export function mountChoicePages(web: Hono, world: World, { page, form }: Doors): void {
  const findBanks = createFinder(world);

  web.get(
    '/connect/country',
    page('country', async () => countryPage(await countCountries(world))),
  );
  web.post(
    '/connect/country',
    form(async ({ session }, fields) => {
      await chooseCountry(world, session, fields.get('country') ?? '');
      return undefined;
    }),
  );

  web.get('/connect/terms', page('terms', acceptPage));
  web.post(
    '/connect/terms',
    form(async ({ session }, fields) => {
      if (fields.get('accepted') !== 'yes') {
        throw new FailureError('bad-request', 'without the terms accepted');
      }
      await acceptTerms(world, session, fields.get('version') ?? '');
      return undefined;
    }),
  );

  web.get(
    '/connect/bank',
    page('bank', async ({ connect: { country = '' } }) =>
      bankPage(await findBanks('', country), '', country, world.unsetProviders),
    ),
  );
  web.post(
    '/connect/banks',
    form(async ({ context, connect: { country = '' } }, fields) => {
      const text = fields.get('q') ?? '';
      const found = await findBanks(text, country);
      const isPart = fields.get('part') === 'list';
      return context.html(
        isPart
          ? bankList(found, text, country)
          : bankPage(found, text, country, world.unsetProviders),
      );
    }),
  );
  web.post(
    '/connect/bank',
    form(async ({ context, session }, fields) => {
      const id = fields.get('institution') ?? '';
      const bank = bankOf(await listBanks(world), id);
      if (bank && bank.institutions.length > 1) {
        return context.redirect(`/connect/way-in?bank=${encodeURIComponent(id)}`, 303);
      }
      await chooseInstitution(world, session, id);
      return undefined;
    }),
  );

  web.get(
    '/connect/way-in',
    page('bank', async ({ context }) => {
      const bank = bankOf(await listBanks(world), context.req.query('bank') ?? '');
      if (!bank) throw new FailureError('not-found', 'bank');
      return wayInPage(bank);
    }),
  );
  web.post(
    '/connect/way-in',
    form(async ({ session }, fields) => {
      await chooseInstitution(world, session, fields.get('institution') ?? '');
      return undefined;
    }),
  );
}

/** The search, with its index for as long as the banks are the same. */
function createFinder(world: World): (text: string, country: string) => Promise<FoundBanks> {
  let indexed: readonly Bank[] = [];
  let search = createBankSearch(indexed);
  return async (text, country) => {
    const banks = await listBanks(world);
    if (banks !== indexed) {
      search = createBankSearch(banks);
      indexed = banks;
    }
    return search(text, country);
  };
}
