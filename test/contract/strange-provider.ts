import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BankErrorCode, BankSession, Grant } from '../../cloud/ports/bank-connector.ts';
import { type ConnectorWorld, collect, entry, euros } from './bank-connector.ts';
import type { Fault, FaultProxy, ProxiedRequest } from './fault-proxy.ts';

type Call = 'accounts' | 'balances' | 'entries';

/** A provider with a fault proxy between it and its connector. */
export interface StrangeWorld extends ConnectorWorld {
  readonly faults: FaultProxy;
  /** Whether a request is one that such a call makes. */
  isOf(call: Call, request: ProxiedRequest): boolean;
}

/** Slow ones take the connector's whole time limit: at one kind of call each is enough. */
const withoutAnswer: readonly (readonly [Fault, readonly BankErrorCode[]])[] = [
  ['silent', ['timeout']],
  ['slow', ['timeout']],
];
const spoiled: readonly (readonly [Fault, readonly BankErrorCode[]])[] = [
  ['cut-off', ['bank-unavailable']],
  ['truncated', ['reply-unreadable']],
  ['empty', ['reply-unreadable']],
  ['html', ['reply-unreadable']],
  ['wrong-types', ['reply-unreadable']],
  ['bad-gateway', ['bank-unavailable']],
  ['limited-without-time', ['rate-limited']],
];
const allCalls: readonly Call[] = ['accounts', 'balances', 'entries'];
const window = { from: '2026-01-01' };

/** What every connector promises of answers that are spoiled on their way; the clock of its world stands at 2026-03-10T12:00Z. */
export function strangeProviderContract(
  name: string,
  start: () => Promise<StrangeWorld>,
  { calls = allCalls }: { readonly calls?: readonly Call[] } = {},
): void {
  describe(`${name} whose answers are spoiled`, () => {
    let world: StrangeWorld;
    let grant: Grant;
    let account: string;
    beforeAll(async () => {
      world = await start();
      grant = await world.connect();
      const session = await world.connector.open(grant, undefined);
      account = (await session.accounts())[0]?.externalId ?? '';
      await session.close();
    });
    afterAll(() => world.stop());

    async function make(call: Call): Promise<unknown> {
      const session: BankSession = await world.connector.open(grant, undefined);
      try {
        if (call === 'accounts') return await session.accounts();
        if (call === 'balances') return await session.balance(account);
        return await collect(session.entries(account, window));
      } finally {
        await session.close();
      }
    }

    async function spoil(fault: Fault, call: Call): Promise<unknown> {
      world.show([entry()], { booked: euros(100_000) });
      const before = world.faults.spoiled();
      world.faults.next(fault, (request) => world.isOf(call, request));
      const made = await make(call).catch((error: unknown) => error);
      expect(world.faults.spoiled()).toBe(before + 1);
      return made;
    }

    test.each(spoiled)(
      'tells of an answer that is %s at every kind of call',
      async (fault, codes) => {
        for (const call of calls) {
          const error = await spoil(fault, call);
          expect(codes).toContain((error as { code?: BankErrorCode }).code);
          expect(String(error)).not.toMatch(/Erika|Cafe Rot|COFFEE/);
          await expect(make(call)).resolves.toBeDefined();
        }
      },
    );

    test.each(withoutAnswer)('gives up on an answer that is %s', async (fault, codes) => {
      const error = await spoil(fault, 'entries');
      expect(codes).toContain((error as { code?: BankErrorCode }).code);
    });

    test('tells until when a limited provider wants to be left alone', async () => {
      for (const call of calls) {
        const error = await spoil('limited-until', call);
        expect(error).toMatchObject({ code: 'rate-limited', retryAfterSeconds: 7_200 });
      }
    });

    test('reads answers with fields that nobody knows', async () => {
      world.show([entry()], { booked: euros(100_000) });
      for (const call of calls) {
        const plain = await make(call);
        expect(await spoil('unknown-fields', call)).toEqual(plain);
      }
    });
  });
}
