import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A website that answers as it is told, with the marks of the Sandbox Bank's where nothing else is said. */
export async function startSite(answers: Readonly<Record<string, Answer>> = {}) {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const site = { ...ordinary, ...answers };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://site');
    asked.push(`${request.method} ${request.url}`);
    const answer = site[`${request.method} ${pathname}`] ?? site[pathname];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** As `GET /accounts`, in the order in which they came. */
    asked,
    connections: () => connections,
    open: () => sockets.size,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export function page(body: string, more: { status?: number; head?: string } = {}): Answer {
  return (_, response) => {
    response.writeHead(more.status ?? 200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><html><head>${more.head ?? ''}</head><body>${body}</body></html>`);
  };
}

export const redirect = (location: string, status = 303): Answer => {
  return (_, response) => response.writeHead(status, { Location: location }).end();
};

export const silence: Answer = () => undefined;

export const loginForm = (action = '/login') => `<form id="login" method="post" action="${action}">
  <input name="login" required><input name="password" type="password" required>
  <input name="device" type="checkbox" value="1"><button>Go</button></form>`;
export const logOutForm = '<form method="post" action="/logout"><button>Bye</button></form>';

export const entriesPage = (rows: string, foot = '') =>
  page(`${logOutForm}<table id="entries">${rows}</table>${foot}`);

export function entryRow(more: Readonly<Record<string, string>> = {}): string {
  const cells = { booking: '01.03.2026', text: 'COFFEE', amount: '-4,50 EUR', ...more };
  const shown = Object.entries(cells).map(
    ([name, text]) => `<td data-field="${name}">${text}</td>`,
  );
  return `<tr data-status="booked">${shown.join('')}</tr>`;
}

const ordinary: Readonly<Record<string, Answer>> = {
  'GET /': page(loginForm()),
  'POST /login': redirect('/home'),
  'GET /home': page(logOutForm),
  'POST /logout': redirect('/'),
  'GET /accounts': page(`${logOutForm}<table id="accounts">
    <tr data-id="a1" data-type="current" data-currency="EUR"><td data-field="name">Account</td></tr></table>`),
  'GET /accounts/a1': page(
    `${logOutForm}<dl id="details"><dd data-field="booked">5,00 EUR</dd></dl>`,
  ),
  'GET /accounts/a1/entries': entriesPage(entryRow()),
};
