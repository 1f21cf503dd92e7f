import { type Bank, groupBanks } from '../../cloud/core/banks.ts';
import { createBankSearch } from '../../cloud/core/search-banks.ts';
import { createMadeUpBanks, type Random, randomFrom } from './made-up-banks.ts';

const bankCount = 20_000;
const wantedCount = 100;
/** Banks looked for before it counts: the engine compiles what runs often. */
const warmUpCount = 100;
/** A user's own country is chosen before; without it all are searched. */
const kinds = {
  name: ({ name }) => name,
  nameWithSlip: ({ name }, random) => slip(name, random),
  nameWithoutAccents: ({ name }) => name.normalize('NFD').replace(/\p{M}/gu, ''),
  wordsTurned: ({ name }) => name.split(' ').reverse().join(' '),
  nameAndCity: ({ name, city }) => `${name.split(' ')[0]} ${city}`,
  bic: ({ bic = '' }) => bic,
  routingNumber: ({ routingNumbers: [code = ''] }) => code,
  iban: ({ country, routingNumbers: [code = ''] }, random) => ibanOf(country, code, random),
} satisfies Record<string, (bank: Bank, random: Random) => string>;

/** Each query typed letter by letter, on one core: how long a keystroke takes, and whether the bank is among the first ten. */
export async function measureSearch(): Promise<Readonly<Record<string, unknown>>> {
  const random = randomFrom(20_261_121);
  const begun = performance.now();
  const banks = groupBanks(createMadeUpBanks(bankCount, random));
  const search = createBankSearch(banks);
  const figures: Record<string, unknown> = {
    institutions: bankCount,
    banks: banks.length,
    indexMs: Math.round(performance.now() - begun),
  };
  for (const { name, country } of banks.slice(0, warmUpCount)) search(name.slice(0, 12), country);
  const wanted = Array.from({ length: wantedCount }, () => banks[random(banks.length)]).filter(
    (bank) => bank !== undefined,
  );
  const all: number[] = [];
  for (const [kind, queryOf] of Object.entries(kinds)) {
    const times: number[] = [];
    let found = 0;
    for (const bank of wanted) {
      const query = queryOf(bank, random);
      const length = Math.min(query.length, 40);
      for (let typed = 1; typed <= length; typed++) {
        const answer = timed(() => search(query.slice(0, typed), bank.country), times);
        if (typed === length && answer.banks.slice(0, 10).includes(bank)) found += 1;
      }
    }
    all.push(...times);
    figures[kind] = { ...spread(times), inFirstTen: `${found} of ${wanted.length}` };
  }
  return { ...figures, keystroke: spread(all) };
}

/** Time of a core, so that what else runs on the machine does not count. */
function timed<T>(work: () => T, times: number[]): T {
  const before = process.cpuUsage();
  const answer = work();
  const { user, system } = process.cpuUsage(before);
  times.push((user + system) / 1000);
  return answer;
}

function spread(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  const round = (ms: number) => Math.round(ms * 100) / 100;
  return { medianMs: round(at(0.5)), p99Ms: round(at(0.99)), worstMs: round(at(1)) };
}

/** One letter wrong, missing, doubled or swapped with its neighbour, not the first. */
function slip(text: string, random: Random): string {
  const at = 1 + random(Math.max(1, text.length - 2));
  const [before, letter, next, after] = [
    text.slice(0, at),
    text[at] ?? '',
    text[at + 1] ?? '',
    text.slice(at + 2),
  ];
  const slips = [
    `${before}${next}${after}`,
    `${before}${letter}${letter}${next}${after}`,
    `${before}${next}${letter}${after}`,
    `${before}e${next}${after}`,
  ];
  return slips[random(slips.length)] ?? text;
}

function ibanOf(country: string, code: string, random: Random): string {
  const digits = Array.from({ length: 10 }, () => random(10)).join('');
  const check = 10 + random(89);
  return `${country}${check}${country === 'IT' ? 'X' : ''}${code}${digits}`
    .replace(/(.{4})/g, '$1 ')
    .trim();
}
