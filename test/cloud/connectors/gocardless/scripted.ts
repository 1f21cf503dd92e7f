import {
  createGoCardless,
  type GoCardlessOptions,
} from '../../../../cloud/connectors/gocardless/connector.ts';
import type { Grant } from '../../../../cloud/ports/bank-connector.ts';

export const accountId = '07cc67f4-45d6-494b-adac-09b5cbc7e2b5';
export const user = { ipAddress: '192.0.2.7', userAgent: 'Test Browser' };

/** What GoCardless answers to a path under /api/v2, as `POST /token/new/`. */
export type Script = Readonly<Record<string, (body: unknown, count: number) => Response>>;

const day = 86_400;
export const givesToken: Script = {
  'POST /token/new/': (_, count) =>
    Response.json({
      access: `access-${count}`,
      access_expires: day,
      refresh: `refresh-${count}`,
      refresh_expires: 30 * day,
    }),
  'POST /token/refresh/': (_, count) =>
    Response.json({ access: `renewed-${count}`, access_expires: day }),
};

/** A connector whose calls are answered by a script, and what it asked. */
export function scripted(script: Script, more: Partial<GoCardlessOptions> = {}) {
  const asked: { readonly call: string; readonly token: string | null; readonly body: unknown }[] =
    [];
  const kept: Grant[] = [];
  const all = { ...givesToken, ...script };
  const connector = createGoCardless({
    async fetch(input, init) {
      const { pathname, search } = new URL(String(input));
      const path = `${init?.method ?? 'GET'} ${pathname.replace('/api/v2', '')}`;
      const body = init?.body ? JSON.parse(String(init.body)) : undefined;
      const token = new Headers(init?.headers).get('Authorization');
      asked.push({ call: `${path}${search}`, token, body });
      const count = asked.filter(({ call }) => call.split('?')[0] === path).length;
      return all[path]?.(body, count) ?? Response.json({ summary: 'Not found.' }, { status: 404 });
    },
    clock: { now: () => '2026-03-10T12:00:00.000Z' },
    secretId: 'id',
    secretKey: 'key',
    ...more,
  });
  return {
    connector,
    asked,
    kept,
    calls: () => asked.map(({ call }) => call),
    open(grant: Grant = {}) {
      const whole = { institutionId: 'gocardless:a', requisitionId: 'r-1', ...grant };
      return connector.open(whole, undefined, async (next) => {
        kept.push(next);
      });
    },
  };
}

export function answering(body: object, status = 200, headers: Record<string, string> = {}) {
  return () => Response.json(body, { status, headers });
}
