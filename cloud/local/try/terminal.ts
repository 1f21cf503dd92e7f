import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Terminal } from './walk-connector.ts';

/** Standard input and output; what is typed to a secret question is not echoed. */
export function openTerminal(): Terminal & { close(): void } {
  let isMuted = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!isMuted) process.stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
  return {
    say: (line) => void process.stdout.write(`${line}\n`),
    ask: (question, unless) =>
      new Promise((resolve, reject) => {
        lines.question(question, unless ? { signal: unless } : {}).then(resolve, (error) => {
          // Taken back: nobody waits for the answer any more.
          if (!unless?.aborted) reject(error);
        });
      }),
    async askSecret(question) {
      const answer = lines.question(question);
      isMuted = true;
      try {
        return await answer;
      } finally {
        isMuted = false;
        process.stdout.write('\n');
      }
    },
    async show(content, mimeType) {
      const folder = await mkdtemp(join(tmpdir(), 'bookfeed-'));
      const file = join(folder, `picture.${mimeType.split(/[/+]/)[1]}`);
      await writeFile(file, content, { mode: 0o600 });
      process.stdout.write(`A picture to scan: ${file}\n`);
    },
    close: () => lines.close(),
  };
}
