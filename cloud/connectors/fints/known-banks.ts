import type { ListedBank } from './bank-list.ts';

/**
 * A few banks whose addresses several public projects name alike, for a start without the list that comes by mail; that one
 * is newer. Sources (November 2026): the banks' own help pages on finance software as quoted in python-fints, AqBanking,
 * phpFinTS and firefly-iii-fints-importer; DKB moved from banking-dkb.s-fints-pt-dkb.de to the address below.
 */
export const knownBanks: readonly ListedBank[] = [
  {
    blz: '50010517',
    name: 'ING',
    city: 'Frankfurt am Main',
    bic: 'INGDDEFFXXX',
    url: 'https://fints.ing.de/fints/',
  },
  {
    blz: '12030000',
    name: 'DKB Deutsche Kreditbank',
    city: 'Berlin',
    bic: 'BYLADEM1001',
    url: 'https://fints.dkb.de/fints',
  },
  {
    blz: '10010010',
    name: 'Postbank',
    city: 'Berlin',
    bic: 'PBNKDEFFXXX',
    url: 'https://hbci.postbank.de/banking/hbci.do',
  },
  ...['20041111', '20041133', '20041144', '20041177'].map((blz) => ({
    blz,
    name: 'comdirect',
    city: 'Quickborn',
    url: 'https://fints.comdirect.de/fints',
  })),
];
