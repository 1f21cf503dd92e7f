import { expect, test } from '@jest/globals';
import { createScrubber } from '../../../../cloud/local/try/scrub.ts';
import { scrubFinTs } from '../../../../cloud/local/try/scrub-fints.ts';

const disguise = { key: Buffer.alloc(32, 7), weeks: 1, factor: 3 };
const codes = new Set(['12345678', 'SANDDEFFXXX']);
const binary = (content: string) => `@${content.length}@${content}`;

function scrub(...segments: readonly string[]): string {
  const scrubber = createScrubber(disguise, { origins: new Set() });
  const inner = segments.map((segment) => `${segment}'`).join('');
  const message = `HNHBK:1:3+000000000123+300+erika7+2'HNVSD:999:1+${binary(inner)}'HNHBS:5:1+2'`;
  return scrubFinTs(message, scrubber, codes);
}

const mt940 = [
  'Guten Tag Erika',
  ':20:ERIKA0815',
  ':25:12345678/4711000012EUR',
  ':28C:00001/001',
  ':60F:C260301EUR1034,50 Erika',
  ':61:2603020302DR12,50NMSCNONREF//ERIKA0815',
  '/OCMT/USD14,00/ERIKA',
  ':86:166?00GUTSCHRIFT?20SVWZ+Miete Erika?21 0815?31DE89370400440532013000?32Erika Muster',
  ':61:Erika',
  ':62F:C260302EUR1022,',
  '-',
  '',
].join('\r\n');
const camt =
  '<?xml version="1.0"?><Document xmlns="urn:iso:std"><!-- Erika --><Ntry id="Erika"><Amt Ccy="EUR">12.50</Amt>' +
  '<CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-03-02</Dt></BookgDt>Erika<Nm>Erika &amp; Max</Nm>' +
  '<NbOfNtries>12</NbOfNtries><IBAN>DE89370400440532013000</IBAN></Ntry></Document>';

test('keeps what a bank says of itself, codes, marks and lengths', () => {
  const ofBank = ["HIBPA:4:3+7+280:12345678+Bank?'s+1+1", 'HICAZS:7:1+1+1+0+730:J:N'];
  expect(scrub(...ofBank)).toContain(ofBank.join("'"));
  const said = scrub(
    'HIRMS:3:2:3+20::Guten Tag Erika',
    'HIRMS:4:2:4+3920::Verfahren Erika:942:944',
    'HIUPD:5:6+4711000012::280:12345678+DE89370400440532013000+erika7+1+EUR+Erika++++HKSAL:1',
    'HISAL:6:7:3+DE89370400440532013000:SANDDEFFXXX+Konto+EUR+C:1034,50:EUR:20260301',
    `HIKAZ:7:7:3+${binary(mt940)}`,
    `HICAZ:8:1:3+DE89370400440532013000+urn?:camt+${binary(camt)}`,
    `HITAN:9:7:5+4++ref7+Erika, die TAN+${binary('\x00\x08photo Erika')}`,
  );
  expect(said).toMatch(/HIRMS:4:2:4\+3920::\w{9} \w{5}:942:944'/);
  expect(said).toMatch(/\+\d{10}::280:12345678\+DE\d{20}\+[a-z]{5}\d\+1\+EUR\+/);
  expect(said).toMatch(/:SANDDEFFXXX\+[A-Z][a-z]{4}\+EUR\+C:3103,50:EUR:20260308'/);
  expect(said).toMatch(/:28C:00001\/001\r\n:60F:C260308EUR3103,50 /);
  expect(said).toMatch(/:61:2603090309DR37,50NMSCNONREF\/\/[A-Z]{5}\d{4}\r\n\/OCMT\/USD42,00\//);
  expect(said).toMatch(/:86:166\?00[A-Z]{10}\?20SVWZ\+\w{5} \w{5}\?21 \d{4}\?31DE\d{20}\?32/);
  expect(said).toMatch(/:62F:C260309EUR3066,\r\n-\r\n/);
  expect(said).toContain('<Amt Ccy="EUR">37.50</Amt><CdtDbtInd>DBIT</CdtDbtInd>');
  expect(said).toMatch(/<Dt>2026-03-09<\/Dt>.*<Nm>[A-Z][a-z]{4} &amp; [A-Z][a-z]{2}<\/Nm>/);
  expect(said).not.toMatch(/Erika|Konto|Miete|Muster|Max|4711|0815|3704|1034|12[.,]50|260302/i);
  const [, length, rest = ''] = /@(\d+)@(.*)'HNHBS/s.exec(said) ?? [];
  expect(rest.length).toBe(Number(length));
});

test('of what nobody knows it keeps nothing', () => {
  const said = scrub('Erika Mustermann', 'HIXYZ:3:1+Erika:4711+20260301+12,50:EUR', "DINEW:4:1+'");
  expect(said).not.toMatch(/Erika|Muster|4711|20260301|12,50/i);
  // What looks like a day may be a number: only where days stand are they moved.
  expect(said).not.toContain('20260308');
  expect(scrub('HIRMS:4:2:4+3072::Neu:erika:0815')).not.toMatch(/erika|0815/);
});
