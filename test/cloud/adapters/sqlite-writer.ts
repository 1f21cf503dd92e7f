import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { type Collection, write } from '../../../cloud/ports/store.ts';

// A program to be killed: commits to the store named by its argument, and prints each commit's number once answered.
const notes: Collection<{ readonly n: number }> = { name: 'notes', indexed: [] };
const store = openSqliteStore(process.argv[2] ?? '');
const first = await store.get(notes, 'first');
for (let n = (first?.value.n ?? -1) + 1; ; n++) {
  await store.commit([
    write(notes, 'first', { n }, 'any'),
    write(notes, `entry-${n}`, { n }, 'absent'),
    write(notes, 'second', { n }, 'any'),
  ]);
  process.stdout.write(`${n}\n`);
}
