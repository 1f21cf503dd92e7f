import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sealed, type Vault, VaultUnreadable } from '../../cloud/ports/vault.ts';

/** A vault in its place, which outlives the vault. */
export interface VaultPlace {
  /** A vault that knows nothing but what its place has kept. */
  open(): Promise<Vault>;
  close(): Promise<void>;
}

const secret = { login: 'erika', pin: 'Geheim!42' };

/** What every vault promises, whatever wraps its keys. */
export function vaultContract(name: string, makePlace: () => Promise<VaultPlace>): void {
  describe(`${name}, as every vault,`, () => {
    let place: VaultPlace;
    let vault: Vault;
    beforeAll(async () => {
      place = await makePlace();
      vault = await place.open();
    });
    afterAll(() => place.close());

    test.each<[string, unknown]>([
      ['an object', secret],
      ['lists in lists', [[1, -2.5], [], [[null, true]]]],
      ['text of every plane', 'Größe ☂ 漢字 👩‍👩‍👧 \u0000 \n "'],
      ['nothing', null],
      ['empty text', ''],
      ['300,000 characters', 'ä€'.repeat(150_000)],
    ])('opens what it has sealed: %s', async (_, value) => {
      expect(await vault.open('c1', await vault.seal('c1', value))).toEqual(value);
    });

    test('opens what was sealed before it was opened', async () => {
      const sealed = await vault.seal('c7', secret);
      expect(await (await place.open()).open('c7', sealed)).toEqual(secret);
    });

    test('opens for the subject alone for which it was sealed', async () => {
      const sealed = await vault.seal('c1', secret);
      for (const subject of ['c2', 'c', 'c11', 'C1', 'c1 ', '']) {
        await expectUnreadable(vault, subject, sealed);
      }
    });

    test('opens no secret by the key of another, even of the same subject', async () => {
      const [one, other] = [await vault.seal('c1', secret), await vault.seal('c1', 'other')];
      await expectUnreadable(vault, 'c1', { key: other.key, text: one.text });
      await expectUnreadable(vault, 'c1', { key: one.key, text: other.text });
    });

    test('seals the same in another way each time, and shows nothing of it', async () => {
      const sealed = await Promise.all([1, 2, 3, 4].map(() => vault.seal('c1', secret)));
      expect(new Set(sealed.map(({ key }) => key)).size).toBe(4);
      expect(new Set(sealed.map(({ text }) => text)).size).toBe(4);
      for (const { key, text } of sealed) {
        for (const shown of [key, text, ...[key, text].map(decoded)]) {
          expect(shown).not.toMatch(/Geheim|erika|login/);
        }
      }
    });

    test.each(['key', 'text'] as const)('notices any change of the %s', async (part) => {
      const sealed = await vault.seal('c1', secret);
      const written = sealed[part];
      // Every third place keeps a vault over a network fast; the ends are where formats have their headers.
      for (let at = 0; at < written.length; at += at < 12 || at > written.length - 6 ? 1 : 3) {
        const letter = written[at] === 'A' ? 'B' : 'A';
        const changed = written.slice(0, at) + letter + written.slice(at + 1);
        await expectUnreadable(vault, 'c1', { ...sealed, [part]: changed });
      }
    });

    test.each(['key', 'text'] as const)('takes no %s that is cut, longer or none', async (part) => {
      const sealed = await vault.seal('c1', secret);
      const written = sealed[part];
      const others = ['', 'A', written.slice(0, -1), written.slice(4), `${written}A`];
      for (const other of [...others, `${written}=`, ` ${written}`, `${written}.AAAA`, '€']) {
        await expectUnreadable(vault, 'c1', { ...sealed, [part]: other });
      }
    });

    test('takes nothing that is no JSON', async () => {
      await expect(vault.seal('c1', undefined)).rejects.toThrow(TypeError);
    });
  });
}

/** The error is logged and shown: neither its message nor a cause may hold anything of the secret. */
export async function expectUnreadable(
  vault: Vault,
  subject: string,
  sealed: Sealed,
): Promise<void> {
  const thrown = await vault.open(subject, sealed).then(
    (opened) => ({ opened }),
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(VaultUnreadable);
  expect(thrown).toMatchObject({ message: '' });
  expect((thrown as Error).cause).toBeUndefined();
}

const decoded = (text: string) => Buffer.from(text, 'base64url').toString('latin1');
