import type { ApiArgs, Members, MemberView } from '../../shared/api.ts';
import type { Instant } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import { type Role, roles } from '../../shared/roles.ts';
import { type Store, write } from '../ports/store.ts';
import { type BookDoc, books, type Member } from './documents.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

/** The people of a book, those who may do most first. `userId` is the caller's. @throws FailureError `not-found` */
export async function membersOf(
  { store }: World,
  bookId: string,
  userId: string,
): Promise<Members> {
  const found = await store.get(books, bookId);
  if (!found) throw new FailureError('not-found', 'book');
  return viewMembers(found.value, userId);
}

/**
 * Gives a member another role, or with null takes the member out of the book. Only the owner makes admins, changes them,
 * and hands the book over, which leaves the owner an admin: a book always has one owner. Admins choose among bookkeeper
 * and viewer, also for themselves, but nobody rises by their own hand.
 * @throws FailureError `not-allowed`, `not-found`; `bad-request` for an owner who would leave the book without one
 */
export async function setRole(
  world: World,
  bookId: string,
  { userId }: { readonly userId: string },
  { memberId, role }: ApiArgs<'setRole'>,
): Promise<Members> {
  const now = world.clock.now();
  const book = await changeBook(world.store, bookId, (before) => {
    const caller = memberOf(before, userId);
    const member = memberOf(before, memberId);
    if (!caller) throw new FailureError('not-allowed');
    if (!member) throw new FailureError('not-found', 'member');
    if (member.role === role) return before;
    checkMaySet(caller, member, role, userId === memberId);
    return withRole(before, userId, memberId, role, now);
  });
  return viewMembers(book, userId);
}

/** Whether a member gets reminders by mail. @throws FailureError `not-found` */
export async function setMails(
  { store }: World,
  bookId: string,
  { userId }: { readonly userId: string },
  { reminders }: ApiArgs<'setMails'>,
): Promise<void> {
  await changeBook(store, bookId, (book) => {
    const before = memberOf(book, userId);
    if (!before) throw new FailureError('not-found', 'member');
    if (reminders === !before.noReminders) return book;
    const { noReminders: _, ...rest } = before;
    const member: Member = reminders ? rest : { ...rest, noReminders: true };
    return { ...book, members: { ...book.members, [userId]: member } };
  });
}

/** Somebody who is in the book now; undefined for who never was and for who was taken out. */
export function memberOf({ members }: BookDoc, userId: string): Member | undefined {
  const member = Object.hasOwn(members, userId) ? members[userId] : undefined;
  return member?.outSince ? undefined : member;
}

function viewMembers(book: BookDoc, userId: string): Members {
  const members = Object.keys(book.members)
    .flatMap((id) => {
      const member = memberOf(book, id);
      return member ? [{ id, member }] : [];
    })
    .sort(
      (a, b) =>
        rank(b.member.role) - rank(a.member.role) || (a.member.since < b.member.since ? -1 : 1),
    )
    .map(({ id, member: { role, email } }): MemberView => {
      return { id, role, isMe: id === userId, ...(email !== undefined && { email }) };
    });
  return { members };
}

/** @throws FailureError */
function checkMaySet(caller: Member, member: Member, role: Role | null, isSelf: boolean): void {
  if (caller.role === 'owner') {
    if (isSelf) throw new FailureError('bad-request', 'make somebody else the owner first');
    return;
  }
  const isBelowAdmin = role === null || rank(role) < rank('admin');
  const isTheirs = isSelf || rank(member.role) < rank('admin');
  if (caller.role !== 'admin' || !isBelowAdmin || !isTheirs) throw new FailureError('not-allowed');
}

function withRole(
  book: BookDoc,
  callerId: string,
  memberId: string,
  role: Role | null,
  now: Instant,
): BookDoc {
  const { [memberId]: member, [callerId]: caller } = book.members;
  if (!member || !caller) throw new FailureError('not-found', 'member');
  if (role === null) {
    // Comes back with a proof of now alone, and where the cloud may not look not at all.
    const { [memberId]: _, ...editors } = book.editors;
    const out: Member = { role: 'viewer', since: member.since, outSince: now };
    return { ...book, editors, members: { ...book.members, [memberId]: out } };
  }
  const members = {
    ...book.members,
    [memberId]: { ...member, role },
    ...(role === 'owner' && { [callerId]: { ...caller, role: 'admin' as const } }),
  };
  return { ...book, members };
}

function rank(role: Role): number {
  return roles.indexOf(role);
}

/** A delivery writes its lease into the same document: what it changes stays, and is tried again. */
async function changeBook(
  store: Store,
  bookId: string,
  change: (book: BookDoc) => BookDoc,
): Promise<BookDoc> {
  return untilCommitted(async () => {
    const found = await store.get(books, bookId);
    if (!found) throw new FailureError('not-found', 'book');
    const changed = change(found.value);
    if (changed !== found.value) {
      await store.commit([write(books, bookId, changed, { version: found.version })]);
    }
    return changed;
  });
}
