import { expect, test } from '@jest/globals';
import { listBanks } from '../../../cloud/core/banks.ts';
import {
  knownInstitutions,
  listInstitutions,
  refreshInstitutions,
} from '../../../cloud/core/institution-lists.ts';
import { type BankConnector, BankError } from '../../../cloud/ports/bank-connector.ts';
import type { Institution } from '../../../shared/bank.ts';
import { createFakeBank, createTestWorld } from './world.ts';

const day = 24 * 60 * 60_000;

function institutionAt(n: number, name = `Bank ${n}`): Institution {
  const id = `far:bank-${n}`;
  return { id, connector: 'far', name, country: 'FR', wayIn: 'psd2', historyDays: 90 };
}

/** A world with a provider whose list comes over the network; `again` is another process on the same store. */
function startFar() {
  const { world, lines, pass } = createTestWorld();
  const far = { list: [institutionAt(1)] as readonly Institution[], asked: 0, fails: false };
  const connector: BankConnector = {
    ...createFakeBank().connector,
    id: 'far',
    listsOnline: true,
    institutions: async () => {
      far.asked += 1;
      if (far.fails) throw new BankError('bank-unavailable', 'institutions');
      return far.list;
    },
  };
  const near = world.connectors;
  const start = () => ({ ...world, connectors: new Map([...near, ['far', connector]]) });
  return { far, world: start(), again: start, lines, pass };
}

const farOf = async (world: Parameters<typeof listInstitutions>[0]) =>
  (await listInstitutions(world)).filter(({ connector }) => connector === 'far');

test('a list that comes over the network is asked for once, also by processes that start later', async () => {
  const { far, world, again } = startFar();
  const lists = await Promise.all([farOf(world), farOf(world)]);
  expect(lists).toEqual([far.list, far.list]);
  expect(await farOf(again())).toEqual(far.list);
  expect(far.asked).toBe(1);
});

test('the banks of connectors without the network are never kept', async () => {
  const { world } = startFar();
  expect((await listInstitutions(world)).map(({ connector }) => connector)).toContain('fake');
  const before = await listBanks(world);
  expect(await listBanks(world)).toBe(before);
});

test('a list is refreshed once a day by the schedule, and told to other processes', async () => {
  const { far, world, again, pass } = startFar();
  const other = again();
  await farOf(world);
  await farOf(other);
  far.list = [institutionAt(1, 'Renamed'), institutionAt(2)];
  await refreshInstitutions(world);
  pass(day - 1);
  await refreshInstitutions(world);
  expect(far.asked).toBe(1);
  pass(1);
  await refreshInstitutions(world);
  await refreshInstitutions(world);
  expect(far.asked).toBe(2);
  expect(await farOf(world)).toEqual(far.list);
  expect(await farOf(other)).toEqual(far.list);
});

test('a provider that does not answer leaves the list as it was, and is asked again an hour later', async () => {
  const { far, world, again, lines, pass } = startFar();
  await farOf(world);
  pass(day);
  far.fails = true;
  await refreshInstitutions(world);
  expect(await farOf(world)).toEqual(far.list);
  expect(await farOf(again())).toEqual(far.list);
  expect(lines.at(-1)).toMatchObject({ event: 'banks-not-listed', code: 'bank-unavailable' });
  pass(60 * 60_000 - 1);
  await refreshInstitutions(world);
  expect(far.asked).toBe(2);
  pass(1);
  far.fails = false;
  far.list = [institutionAt(3)];
  await refreshInstitutions(world);
  expect(await farOf(world)).toEqual(far.list);
});

test('a provider that has never answered does not keep the others from being chosen', async () => {
  const { far, world } = startFar();
  far.fails = true;
  const list = await listInstitutions(world);
  expect(list.map(({ connector }) => connector)).toEqual(['fake']);
});

test('a list of thousands is kept in parts, and old parts are dropped', async () => {
  const { far, world, again, pass } = startFar();
  far.list = Array.from({ length: 4_500 }, (_, n) => institutionAt(n));
  await farOf(world);
  pass(day);
  far.list = far.list.slice(0, 4_100);
  await refreshInstitutions(world);
  expect(await farOf(again())).toEqual(far.list);
});

test('two processes that ask at once end with one list', async () => {
  const { far, world, again } = startFar();
  const [one, other] = await Promise.all([farOf(world), farOf(again())]);
  expect(one).toEqual(far.list);
  expect(other).toEqual(far.list);
  expect(await farOf(again())).toEqual(far.list);
});

test('who only needs what is known waits for no provider', async () => {
  const { far, world, again } = startFar();
  const known = async (it: typeof world) =>
    (await knownInstitutions(it)).map(({ connector }) => connector);
  expect(await known(world)).toEqual(['fake']);
  expect(far.asked).toBe(0);
  await farOf(again());
  expect(await known(world)).toEqual(['fake', 'far']);
  expect(far.asked).toBe(1);
});
