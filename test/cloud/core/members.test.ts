import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type BookDoc, books, type Member } from '../../../cloud/core/documents.ts';
import { holdBook, releaseBook } from '../../../cloud/core/hold-book.ts';
import { membersOf, setMails, setRole } from '../../../cloud/core/members.ts';
import { ProofNeeded, proveEditor } from '../../../cloud/core/prove-editor.ts';
import type { Caller } from '../../../cloud/ports/callers.ts';
import { write } from '../../../cloud/ports/store.ts';
import { type Role, roles } from '../../../shared/roles.ts';
import { createTestWorld } from './world.ts';

const bookId = 'book-of-erika';
const dayMs = 24 * 3_600_000;

/** A book in which these users have these roles. */
async function bookOf(people: Readonly<Record<string, Role>>) {
  const it = createTestWorld();
  const { world } = it;
  const now = world.clock.now();
  const ids = Object.keys(people);
  const members = Object.fromEntries(
    ids.map((id): [string, Member] => [id, { role: people[id] ?? 'viewer', since: now }]),
  );
  const editors = Object.fromEntries(ids.map((id) => [id, { provenAt: now }]));
  const book: BookDoc = { createdAt: now, editors, proofs: {}, members };
  await world.store.commit([write(books, bookId, book, 'absent')]);
  const bookNow = async () => {
    const found = await world.store.get(books, bookId);
    if (!found) throw new Error('no book');
    return found.value;
  };
  return {
    ...it,
    bookNow,
    /** As the add-on does: leaves the proof that is asked for, and asks again. */
    open: async (caller: Caller) => {
      try {
        return await proveEditor(world, caller, bookId);
      } catch (error) {
        if (!(error instanceof ProofNeeded)) throw error;
        it.sheet.state.proofs.add(error.proof);
        return proveEditor(world, caller, bookId);
      }
    },
    set: (userId: string, memberId: string, role: Role | null) =>
      setRole(world, bookId, { userId }, { memberId, role }),
    rolesNow: async (userId = 'olga') => {
      const { members: all } = await membersOf(world, bookId, userId);
      return Object.fromEntries(all.map(({ id, role }) => [id, role]));
    },
  };
}

const team = {
  olga: 'owner',
  anna: 'admin',
  adam: 'admin',
  bert: 'bookkeeper',
  vera: 'viewer',
} as const;

describe('who opens a book', () => {
  test('first is its owner, later a bookkeeper, each with the address that the provider vouches for', async () => {
    const { open, world } = await bookOf({});
    const since = world.clock.now();
    const email = 'erika@example.org';
    expect(await open({ userId: 'erika', email })).toEqual({ role: 'owner', since, email });
    expect(await open({ userId: 'max' })).toEqual({ role: 'bookkeeper', since });
    expect(await membersOf(world, bookId, 'max')).toEqual({
      members: [
        { id: 'erika', role: 'owner', email, isMe: false },
        { id: 'max', role: 'bookkeeper', isMe: true },
      ],
    });
  });

  test('is no member before the proof is found', async () => {
    const { world, bookNow } = await bookOf({});
    await expect(proveEditor(world, { userId: 'erika' }, bookId)).rejects.toThrow(ProofNeeded);
    expect((await bookNow()).members).toEqual({});
  });

  test('keeps role and address, follows a new address, and writes nothing when nothing is new', async () => {
    const { open, world } = await bookOf(team);
    expect(await open({ userId: 'vera', email: 'vera@example.org' })).toMatchObject({
      role: 'viewer',
      email: 'vera@example.org',
    });
    const before = await world.store.get(books, bookId);
    expect(await open({ userId: 'vera' })).toMatchObject({ email: 'vera@example.org' });
    expect(await open({ userId: 'vera', email: 'vera@example.org' })).toMatchObject({
      role: 'viewer',
    });
    expect(await world.store.get(books, bookId)).toEqual(before);
    expect(await open({ userId: 'vera', email: 'v@example.org' })).toMatchObject({
      role: 'viewer',
      email: 'v@example.org',
    });
  });
});

describe('roles of a book', () => {
  const allowed: readonly [string, string, Role | null][] = [
    ['olga', 'bert', 'admin'],
    ['olga', 'anna', 'viewer'],
    ['olga', 'anna', null],
    ['anna', 'bert', 'viewer'],
    ['anna', 'vera', 'bookkeeper'],
    ['anna', 'vera', null],
    ['anna', 'anna', 'bookkeeper'],
    ['anna', 'anna', null],
  ];
  test.each(allowed)('%s may make %s %s', async (userId, memberId, role) => {
    const { set, rolesNow } = await bookOf(team);
    await set(userId, memberId, role);
    const { [memberId]: _, ...others } = team as Record<string, Role>;
    expect(await rolesNow()).toEqual({ ...others, ...(role && { [memberId]: role }) });
  });

  const refused: readonly [string, string, Role | null, string][] = [
    ['anna', 'bert', 'admin', 'not-allowed'],
    ['anna', 'bert', 'owner', 'not-allowed'],
    ['anna', 'adam', 'viewer', 'not-allowed'],
    ['anna', 'adam', null, 'not-allowed'],
    ['anna', 'anna', 'owner', 'not-allowed'],
    ['anna', 'olga', 'viewer', 'not-allowed'],
    ['anna', 'olga', null, 'not-allowed'],
    ['bert', 'bert', 'admin', 'not-allowed'],
    ['bert', 'vera', 'bookkeeper', 'not-allowed'],
    ['vera', 'vera', 'bookkeeper', 'not-allowed'],
    ['max', 'vera', 'bookkeeper', 'not-allowed'],
    ['olga', 'olga', 'admin', 'bad-request'],
    ['olga', 'olga', null, 'bad-request'],
    ['olga', 'max', 'viewer', 'not-found'],
    ['olga', 'constructor', 'viewer', 'not-found'],
  ];
  test.each(refused)('%s may not make %s %s: %s', async (userId, memberId, role, code) => {
    const { set, bookNow } = await bookOf(team);
    const before = await bookNow();
    await expect(set(userId, memberId, role)).rejects.toMatchObject({ code });
    expect(await bookNow()).toEqual(before);
  });

  test('the owner hands the book over and is an admin from then on', async () => {
    const { set, rolesNow } = await bookOf(team);
    await set('olga', 'bert', 'owner');
    expect(await rolesNow()).toEqual({ ...team, olga: 'admin', bert: 'owner' });
    await expect(set('olga', 'bert', 'admin')).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('whatever anybody tries, a book has one owner and nobody rises by their own hand', async () => {
    const person = fc.constantFrom(...Object.keys(team));
    const attempt = fc.tuple(person, person, fc.constantFrom(...roles, null));
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { maxLength: 12 }), async (attempts) => {
        const { set, rolesNow } = await bookOf(team);
        for (const [userId, memberId, role] of attempts) {
          const before: Record<string, Role> = await rolesNow();
          const error: unknown = await set(userId, memberId, role).catch(
            (thrown: unknown) => thrown,
          );
          const after: Record<string, Role> = await rolesNow();
          const owners = Object.values(after).filter((it) => it === 'owner');
          expect(owners).toHaveLength(1);
          const rank = (it: Role | undefined) => (it ? roles.indexOf(it) : -1);
          expect(rank(after[userId])).toBeLessThanOrEqual(rank(before[userId]));
          if (error instanceof Error) expect(after).toEqual(before);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a member who was taken out', () => {
  test('has to prove anew to be an editor, and comes back as a viewer only', async () => {
    const { set, open, world, rolesNow } = await bookOf(team);
    await set('olga', 'anna', null);
    expect(await rolesNow()).not.toHaveProperty('anna');
    await expect(proveEditor(world, { userId: 'anna' }, bookId)).rejects.toThrow(ProofNeeded);
    expect(await rolesNow()).not.toHaveProperty('anna');
    const email = 'anna@example.org';
    expect(await open({ userId: 'anna', email })).toMatchObject({ role: 'viewer', email });
    expect(await rolesNow()).toMatchObject({ anna: 'viewer' });
    await expect(set('anna', 'anna', 'admin')).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('neither gives nor is given a role meanwhile', async () => {
    const { set } = await bookOf(team);
    await set('olga', 'anna', null);
    await expect(set('anna', 'bert', 'viewer')).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(set('olga', 'anna', 'owner')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('leaves no address behind', async () => {
    const { set, open, bookNow } = await bookOf(team);
    await open({ userId: 'anna', email: 'anna@example.org' });
    await set('olga', 'anna', null);
    expect(JSON.stringify(await bookNow())).not.toContain('example.org');
  });

  test('who leaves a book whose owner comes back later finds the owner there', async () => {
    const { set, open, pass, rolesNow } = await bookOf(team);
    await set('anna', 'anna', null);
    pass(3 * dayMs);
    expect(await open({ userId: 'anna' })).toMatchObject({ role: 'viewer' });
    expect(await open({ userId: 'olga' })).toMatchObject({ role: 'owner' });
    expect(await rolesNow()).toEqual({ ...team, anna: 'viewer' });
  });
});

describe('members while rows are delivered', () => {
  test('a role given in the middle of a delivery stays, and so does its lease', async () => {
    const { set, world, bookNow } = await bookOf(team);
    const held = await holdBook(world, bookId);
    await set('olga', 'bert', 'viewer');
    expect((await bookNow()).lease).toEqual(held.value.lease);
    await releaseBook(world, held, { delivered: [], failure: undefined });
    expect(await bookNow()).toMatchObject({ members: { bert: { role: 'viewer' } } });
    expect((await bookNow()).lease).toBeUndefined();
  });

  test('a role is given though a lease is taken between reading and writing', async () => {
    const { world, bookNow } = await bookOf(team);
    let isTaken = false;
    const store: typeof world.store = {
      get: world.store.get.bind(world.store),
      getMany: world.store.getMany.bind(world.store),
      find: world.store.find.bind(world.store),
      close: world.store.close.bind(world.store),
      commit: async (writes) => {
        if (!isTaken) {
          isTaken = true;
          await holdBook(world, bookId);
        }
        return world.store.commit(writes);
      },
    };
    const change = { memberId: 'bert', role: 'viewer' } as const;
    await setRole({ ...world, store }, bookId, { userId: 'olga' }, change);
    expect(await bookNow()).toMatchObject({
      members: { bert: { role: 'viewer' } },
      lease: { holder: expect.any(String) },
    });
  });
});

test('reminders are turned off and on by each for themselves', async () => {
  const { world, bookNow } = await bookOf(team);
  await setMails(world, bookId, { userId: 'vera' }, { reminders: false });
  expect((await bookNow()).members).toMatchObject({ vera: { noReminders: true } });
  expect((await bookNow()).members['bert']).not.toHaveProperty('noReminders');
  await setMails(world, bookId, { userId: 'vera' }, { reminders: true });
  expect((await bookNow()).members['vera']).not.toHaveProperty('noReminders');
  const stranger = setMails(world, bookId, { userId: 'max' }, { reminders: false });
  await expect(stranger).rejects.toMatchObject({ code: 'not-found' });
});
