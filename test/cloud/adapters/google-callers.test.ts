import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createGoogleCallers } from '../../../cloud/adapters/google-callers.ts';
import type { Callers } from '../../../cloud/ports/callers.ts';
import { FailureError } from '../../../shared/failures.ts';
import {
  startTokenIssuer,
  type TokenChanges,
  type TokenIssuer,
  testAudience,
} from '../../google-tokens.ts';

let issuer: TokenIssuer;
let callers: Callers;
beforeAll(async () => {
  issuer = await startTokenIssuer();
  const { certificatesUrl } = issuer;
  callers = createGoogleCallers({ audiences: ['other', testAudience], certificatesUrl });
});
afterAll(() => issuer.close());

test('knows the caller of a good token by its subject, and asks for certificates once', async () => {
  expect(await callers.verify(issuer.issue())).toEqual({ userId: '110169484474386276334' });
  const claims = { sub: '2', iss: 'accounts.google.com', email: 'ann@example.org' };
  expect(await callers.verify(issuer.issue({ claims }))).toEqual({ userId: '2' });
  expect(issuer.asked()).toBe(1);
});

test('tells the address of a caller only where Google has verified it', async () => {
  const email = 'ann@example.org';
  const tell = (claims: Record<string, unknown>) => callers.verify(issuer.issue({ claims }));
  expect(await tell({ sub: '2', email, email_verified: true })).toEqual({ userId: '2', email });
  for (const claims of [{ email_verified: false }, {}, { email_verified: 'true' }]) {
    expect(await tell({ sub: '2', email, ...claims })).toEqual({ userId: '2' });
  }
});

const hour = 3600;
const now = Math.floor(Date.now() / 1000);

test.each<[string, TokenChanges]>([
  ['for another audience', { claims: { aud: 'elsewhere.apps.example.org' } }],
  ['for several audiences at once', { claims: { aud: [testAudience] } }],
  ['for no audience', { claims: { aud: undefined } }],
  ['of another issuer', { claims: { iss: 'https://accounts.example.org' } }],
  ['that has expired', { claims: { iat: now - 3 * hour, exp: now - hour } }],
  ['that is not valid yet', { claims: { iat: now + hour, exp: now + 2 * hour } }],
  ['that is valid for days', { claims: { exp: now + 72 * hour } }],
  ['that never expires', { claims: { exp: undefined } }],
  ['without a time of issue', { claims: { iat: undefined } }],
  ['without a subject', { claims: { sub: undefined } }],
  ['with an empty subject', { claims: { sub: '' } }],
  ['signed with a key that is not Google’s', { foreignKey: true }],
  ['that names an unknown key', { header: { kid: 'k9' } }],
  ['that names no key', { header: { kid: undefined } }],
  ['that names a property of every object as its key', { header: { kid: 'constructor' } }],
])('takes no token %s', async (_, changes) => {
  await expectNotSignedIn(issuer.issue(changes));
});

test('takes no token that was changed after it was signed, and none without signature', async () => {
  const [header = '', claims = '', signature = ''] = issuer.issue().split('.');
  const [, otherClaims] = issuer.issue({ claims: { sub: 'someone-else' } }).split('.');
  const [unsigned] = issuer.issue({ header: { alg: 'none' } }).split('.');
  await expectNotSignedIn(`${header}.${otherClaims}.${signature}`);
  await expectNotSignedIn(`${unsigned}.${claims}.`);
  await expectNotSignedIn(`${unsigned}.${claims}.${signature}`);
  await expectNotSignedIn(`${header}.${claims}.`);
});

test.each(['', 'x', 'a.b.c', '..', 'null.null.null', 'a'.repeat(100_000), 'ünï.çø.dé'])(
  'takes nothing that is no token: %.9s',
  expectNotSignedIn,
);

test('says that Google cannot be reached when its certificates cannot be had', async () => {
  const gone = await startTokenIssuer();
  await gone.close();
  const lost = createGoogleCallers({ audiences: ['a'], certificatesUrl: gone.certificatesUrl });
  await expect(lost.verify(issuer.issue())).rejects.toMatchObject({ code: 'cloud-unreachable' });
});

/** Neither its message nor its causes may hold the token: they are logged. */
async function expectNotSignedIn(token: string): Promise<void> {
  const error = await callers.verify(token).then(
    () => null,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(FailureError);
  expect(error).toMatchObject({ message: 'not-signed-in', code: 'not-signed-in' });
  expect(error.cause).toBeUndefined();
}
