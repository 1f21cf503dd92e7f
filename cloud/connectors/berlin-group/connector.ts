import { type BankConnector, BankError, type Grant } from '../../ports/bank-connector.ts';
import { bankUrl, consentPath } from './addresses.ts';
import { answerConsent } from './answer-consent.ts';
import { askConsent } from './ask-consent.ts';
import { createAuthorised } from './authorised.ts';
import type { BerlinGroupBank } from './bank.ts';
import { type ClientOptions, createClient } from './client.ts';
import { type BankWorld, namedAccounts } from './consent.ts';
import { type Asked, consentIdOf, readGrant } from './grant.ts';
import { createReadNotice } from './notices.ts';
import { createSession } from './session.ts';
import { asBankErrors } from './to-bank-error.ts';

export interface BerlinGroupOptions extends Omit<ClientOptions, 'timeoutMs'> {
  readonly banks: readonly BerlinGroupBank[];
  readonly timeoutMs?: number;
}

/** Banks that speak the Berlin Group's NextGenPSD2 1.3, with each of its ways to confirm. */
export function createBerlinGroup(options: BerlinGroupOptions): BankConnector {
  const { banks, clock, timeoutMs = 30_000 } = options;
  const worlds = new Map<string | undefined, BankWorld>(
    banks.map((bank) => [
      bank.institution.id,
      { bank, client: createClient(bank, { ...options, timeoutMs }) },
    ]),
  );

  function worldOf(institutionId: string | undefined): BankWorld {
    const world = worlds.get(institutionId);
    if (!world) throw new BankError('provider-not-configured', 'no such bank is set up');
    return world;
  }

  return {
    id: 'berlin-group',

    async institutions() {
      return banks.map(({ institution }) => institution);
    },

    async startAccess({
      institution,
      redirectUrl,
      notificationUrl,
      validUntil,
      credentials,
      user,
    }) {
      const world = worldOf(institution.id);
      const { 'psu-id': psuId, password, ibans } = credentials;
      const { scope } = world.bank;
      const asked: Asked = {
        redirectUrl,
        notificationUrl,
        validUntil,
        ...(psuId && { psuId }),
        ...(scope === 'listed' && { isList: true }),
      };
      const named = scope === 'named' ? namedAccounts(ibans ?? '') : undefined;
      return asBankErrors(() => askConsent(world, asked, { user, named, password }));
    },

    answerConfirmation: (grant, answer, user) =>
      asBankErrors(async () => answerConsent(worldOf(grant['institutionId']), grant, answer, user)),

    async open(grant, user, keep) {
      return createSession(worldOf(grant['institutionId']), clock, grant, user, keep);
    },

    async revokeAccess(grant) {
      try {
        await asBankErrors(() => revoke(worldOf(grant['institutionId']), grant));
      } catch (error) {
        if (!(error instanceof BankError) || !goneAlready.has(error.code)) throw error;
      }
    },

    readNotice: createReadNotice(banks, clock),
  };
}

async function revoke(world: BankWorld, grant: Grant): Promise<void> {
  const { consent } = readGrant(grant);
  const url = bankUrl(world.bank, consentPath(consentIdOf(consent)));
  const { send } = createAuthorised(world, consent, undefined);
  await send({ call: 'delete-consent', method: 'DELETE', url, read: () => undefined });
}

const goneAlready: ReadonlySet<string> = new Set(['consent-expired', 'consent-revoked']);
