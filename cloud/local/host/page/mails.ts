import type { MailList, ShownMail } from '../page-api.ts';
import { createElement, elementOf } from './elements.ts';
import { createHostClient, HostRefused, HostUnreachable, takeToken } from './host-client.ts';

// The page of the mails that Bookfeed would have sent, for who has no mail server.

const everyMs = 3_000;

async function openMails(): Promise<void> {
  const token = takeToken();
  if (token === null) {
    showAbout('Open the address that npm start has printed, then come back to this page.');
    return;
  }
  const host = createHostClient(token);
  let shown = '';
  for (;;) {
    try {
      const list = await host.readMails();
      const now = JSON.stringify(list);
      // What has not changed stays as it is: text that the user has selected, a link with the focus.
      if (now !== shown) showMails(list);
      shown = now;
    } catch (error) {
      if (!(error instanceof HostRefused || error instanceof HostUnreachable)) throw error;
      showAbout(error.message);
      shown = '';
      if (error instanceof HostRefused) return;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

function showMails({ sentTo, mails }: MailList): void {
  showAbout(aboutOf(sentTo, mails.length));
  elementOf('mails').replaceChildren(...mails.map(showMail));
}

function aboutOf(sentTo: string | null, count: number): string {
  const kept = count === 0 ? 'There are none yet.' : '';
  if (sentTo === null) {
    return `Bookfeed has no mail server here, so its mails come to this page. ${kept}`.trim();
  }
  const before = count === 0 ? '' : ' Those below are from before.';
  return `Mails are sent to ${sentTo}.${before}`;
}

function showAbout(text: string): void {
  elementOf('about').textContent = text;
}

function showMail({ at, to, subject, text }: ShownMail): HTMLElement {
  const article = createElement('article', { className: 'mail' });
  const time = createElement('time', {
    dateTime: at,
    textContent: new Date(at).toLocaleString(),
  });
  const head = createElement('p', { className: 'mail-head' });
  head.append(time, ` to ${to}`);
  const body = createElement('div', { className: 'mail-text' });
  body.append(...withLinks(text));
  article.append(createElement('h2', { textContent: subject }), head, body);
  return article;
}

/** Text as it is, with its addresses of pages to click. */
function withLinks(text: string): readonly (string | HTMLElement)[] {
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/).map((part, index) => {
    if (index % 2 === 0) return part;
    return createElement('a', { href: part, target: '_blank', rel: 'noopener', textContent: part });
  });
}

void openMails();
