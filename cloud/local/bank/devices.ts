import { createHash } from 'node:crypto';
import { addDays, type CalendarDate, dayOf } from '../../../shared/calendar-date.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import { type Collection, type Store, write } from '../../ports/store.ts';
import { type AccountIds, onlineAccountIdOf } from './account-ids.ts';
import type { Accounts } from './accounts.ts';
import type { BankTraits } from './traits.ts';

/** A browser that the bank knows after a confirmed login, and asks for no confirmation at the next one. */
export interface Device {
  /** Not the secret that the browser carries. */
  readonly id: string;
  readonly customer: string;
  /** Ids of accounts are made with it. */
  readonly idSalt: string;
  /** The last day on which it is known. */
  readonly knownUntil: CalendarDate;
}

type DeviceDoc = Omit<Device, 'id'>;

const devices: Collection<DeviceDoc> = { name: 'sandboxDevices', indexed: ['customer'] };
/** Browsers that are remembered for a customer; the one that is forgotten first goes for a new one. */
const deviceMax = 50;

export type Devices = ReturnType<typeof createDevices>;

export function createDevices({
  store,
  clock,
  ids,
  traits,
  accounts,
  accountIds,
}: {
  store: Store;
  clock: Clock;
  ids: Ids;
  traits: BankTraits;
  accounts: Accounts;
  accountIds: AccountIds;
}) {
  return {
    /** The browser that carries this secret, where it is the customer's and still remembered. */
    async find(secret: string | undefined, customer: string): Promise<Device | undefined> {
      if (!secret || !/^[a-z0-9]{1,100}$/.test(secret)) return undefined;
      const id = idOf(secret);
      const doc = await store.get(devices, id);
      if (doc?.value.customer !== customer || doc.value.knownUntil < dayOf(clock.now())) {
        return undefined;
      }
      return { id, ...doc.value };
    },

    /** From now on the browser that carries the secret is known. */
    async remember(
      customer: string,
    ): Promise<{ readonly secret: string; readonly device: Device }> {
      const secret = ids.next('device');
      const id = idOf(secret);
      const query = { field: 'customer', op: '==', value: customer, limit: deviceMax } as const;
      const known = await store.find(devices, query);
      const [first] = known.toSorted((a, b) =>
        a.value.knownUntil.localeCompare(b.value.knownUntil),
      );
      const idSalt = accountIds.nextSalt(id);
      const knownUntil = addDays(dayOf(clock.now()), traits.consentDays);
      await store.commit([
        write(devices, id, { customer, idSalt, knownUntil }, 'absent'),
        ...(first && known.length >= deviceMax ? [write(devices, first.key, null, 'any')] : []),
      ]);
      accountIds.setNewest(() =>
        Object.fromEntries(
          accounts.ofCustomer(customer).map(({ key }) => [onlineAccountIdOf(key, idSalt), key]),
        ),
      );
      return { secret, device: { id, customer, idSalt, knownUntil } };
    },
  };
}

function idOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
