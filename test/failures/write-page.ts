import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { causesHere } from '../../cloud/web/failure-words.ts';
import { type FailureActor, type FailureCode, failures } from '../../shared/failures.ts';
import { sentences } from './sentences.ts';

export const pagePath = join(import.meta.dirname, '../../docs/failures.md');

const actors: Readonly<Record<FailureActor, string>> = {
  time: 'nobody: it heals by itself',
  user: 'the user',
  operator: 'whoever runs this Bookfeed',
};

/** The page of all failures, from the table that the program has and the tests that provoke each. */
export function renderPage(): string {
  const codes = Object.keys(failures) as FailureCode[];
  return `# Failures

What a user of Bookfeed may meet, and what to do. Grey is a wait and no failure yet; orange heals by itself or with one
step of the user; red needs somebody. This page is written by \`npm run docs\` from \`shared/failures.ts\`; each failure is
provoked by a test of \`test/failures/failures.test.ts\`.

| failure | colour | who acts | tried again by itself |
|---|---|---|---|
${codes.map(rowOf).join('\n')}

${codes.map(sectionOf).join('\n\n')}
`;
}

function rowOf(code: FailureCode): string {
  const { colour, acts, retries } = failures[code];
  return `| [${code}](#${code}) | ${colour} | ${actors[acts]} | ${retries ? 'yes' : 'no'} |`;
}

function sectionOf(code: FailureCode): string {
  const { text, advice } = failures[code];
  const causes = causesHere[code] ?? [];
  const lines = [`## ${code}`, '', `**${text}** ${advice}`, ''];
  if (causes.length > 0) lines.push('Common causes:', '', ...causes.map((it) => `* ${it}`), '');
  return [...lines, `Test: *${sentences[code]}*.`].join('\n');
}

if (import.meta.main) await writeFile(pagePath, renderPage());
