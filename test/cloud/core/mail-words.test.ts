import { describe, expect, test } from '@jest/globals';
import type { UserNotice } from '../../../cloud/core/due-notices.ts';
import { wordMail } from '../../../cloud/core/mail-words.ts';
import { type FailureCode, failures } from '../../../shared/failures.ts';

const url = 'https://sheets.example/book?a=1&b=2';
const word = (about: UserNotice['about'], name = 'DKB') => wordMail(about, name, url);
const stopped = (code: FailureCode) => word({ kind: 'stopped', code });

const asked = {
  kind: 'confirmation',
  asked: 'code',
  cause: 'historical',
  expiresAt: '2026-03-04T14:10:00.000Z',
} as const;

const all: readonly UserNotice['about'][] = [
  { kind: 'stopped', code: 'login-rejected' },
  { kind: 'renewal', validUntil: '2026-05-14' },
  asked,
  { kind: 'failing', code: 'timeout', since: '2026-03-02T08:00:00.000Z' },
];

describe('a mail', () => {
  test('says in its subject what it is about', () => {
    expect([
      stopped('consent-expired').subject,
      stopped('login-rejected').subject,
      ...all.slice(1).map((about) => word(about).subject),
      word({ ...asked, asked: 'approval', cause: 'scheduled' }).subject,
      word({ ...asked, asked: 'method' }).subject,
    ]).toEqual([
      'DKB needs you: the connection has expired',
      'DKB needs you: the bank did not accept the login',
      'DKB: renew by 14 May',
      'Your code is needed for the history of DKB',
      'DKB: no sync since 2 March',
      'Your approval is needed for DKB',
      'Your code is needed for the history of DKB',
    ]);
  });

  test('tells what happened, what to do, and has one link', () => {
    expect(stopped('login-rejected').text).toBe(
      [
        'DKB: The bank did not accept the login.',
        'Check spaces, capitals and punctuation, then reconnect.',
        `Open your book:\n${url}\n`,
      ].join('\n\n'),
    );
    for (const about of all) {
      const { text, html } = word(about);
      expect(text.match(/https?:/g)).toHaveLength(1);
      expect(html.match(/https?:/g)).toHaveLength(1);
      expect(html).toContain('href="https://sheets.example/book?a=1&amp;b=2"');
    }
  });

  test('has the same words in its HTML', () => {
    for (const about of all) {
      const { text, html } = word(about);
      const shown = html.replace(/<[^>]+>/g, '').replaceAll('&amp;', '&');
      for (const line of text
        .split('\n')
        .filter((it) => it && !it.startsWith('http') && !it.endsWith(':'))) {
        expect(shown).toContain(line);
      }
    }
  });

  test('says until when, with the year', () => {
    expect(word(all[1] as UserNotice['about']).text).toContain('ends on 14 May 2026.');
    expect(word(asked).text).toContain('It waits until 4 March 2026, 14:10 UTC.');
  });

  test('names only reminders as what can be turned off', () => {
    const offers = all.filter((about) => word(about).text.includes('turn reminders off'));
    expect(offers.map(({ kind }) => kind)).toEqual(['renewal']);
  });

  test('of every failure that the table has says what the table says', () => {
    for (const code of Object.keys(failures) as FailureCode[]) {
      expect(stopped(code).text).toContain(failures[code].text);
      expect(stopped(code).text).toContain(failures[code].advice);
    }
  });
});

describe('the name that the user gave the connection', () => {
  const renewal = { kind: 'renewal', validUntil: '2026-05-14' } as const;

  test.each([
    ['a line break and another header', 'DKB\r\nBcc: all@example.org', 'DKB Bcc: all@example.org'],
    ['other breaks', 'DKB\u2028\u0085\u000b\u0000x', 'DKB x'],
    ['marks that turn the text around', 'DKB \u202egro.elpmaxe', 'DKB gro.elpmaxe'],
    ['half of a character', 'DKB \ud83d', 'DKB'],
    ['nothing that is seen', '\u200b \n', 'Your bank'],
    ['no end', 'ä'.repeat(5_000), 'ä'.repeat(80)],
  ])('with %s stays on one line', (_, name, shown) => {
    expect(word(renewal, name).subject).toBe(`${shown}: renew by 14 May`);
    expect(word(renewal, name).text.split('\n')[0]).toMatch(new RegExp(`^${shown}: your`));
  });

  test('is no HTML', () => {
    const { html } = word(renewal, `<img src=x onerror="a('b')">&`);
    expect(html).toContain('&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;: your');
    expect(html).not.toContain('<img');
  });
});
