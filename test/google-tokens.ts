import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';

/** An issuer of ID tokens as Google is one, with keys of its own and a server of its certificates. */
export interface TokenIssuer {
  readonly certificatesUrl: string;
  /** How often the certificates were asked for. */
  readonly asked: () => number;
  /** A token for a caller; what `changes` names is otherwise than it should be. */
  issue(changes?: TokenChanges): string;
  close(): Promise<void>;
}

export interface TokenChanges {
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
  /** Signs with a key that the certificates do not have. */
  readonly foreignKey?: boolean;
}

export const testAudience = 'addon.apps.example.org';

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.writeHead(200, {
      'content-type': 'application/json',
      'cache-control': 'public, max-age=3600',
    });
    response.end(JSON.stringify({ k1: own.publicKey.export({ type: 'spki', format: 'pem' }) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return {
    certificatesUrl: `http://127.0.0.1:${address.port}/certs`,
    asked: () => asked,
    issue: ({ header, claims, foreignKey } = {}) => {
      const seconds = Math.floor(Date.now() / 1000);
      return signToken(
        { alg: 'RS256', kid: 'k1', typ: 'JWT', ...header },
        {
          iss: 'https://accounts.google.com',
          aud: testAudience,
          sub: '110169484474386276334',
          iat: seconds,
          exp: seconds + 3600,
          ...claims,
        },
        foreignKey ? foreign.privateKey : own.privateKey,
      );
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function signToken(header: object, claims: object, key: KeyObject): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}
