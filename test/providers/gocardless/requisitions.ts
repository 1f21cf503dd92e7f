import { randomUUID } from 'node:crypto';
import type { BankAccountBook } from '../../../cloud/local/bank/bank-customer.ts';
import type { ConsentStatus } from '../../../cloud/local/bank/consents.ts';
import type { SandboxParts } from '../../../cloud/local/bank/sandbox-bank.ts';
import { addDays, dayOf, latestOf } from '../../../shared/calendar-date.ts';
import { refused } from './refusal.ts';

export interface Agreement {
  readonly id: string;
  readonly created: string;
  readonly institution_id: string;
  readonly max_historical_days: number;
  readonly access_valid_for_days: number;
  readonly access_scope: readonly string[];
  /** When the user said yes. */
  readonly accepted: string | null;
}

export interface Requisition {
  readonly id: string;
  readonly agreement: Agreement;
  readonly redirect: string;
  readonly reference: string;
  readonly consentId: string;
}

export type Requisitions = ReturnType<typeof createRequisitions>;

/**
 * Agreements and requisitions over the consents of the Sandbox Bank; they live as long as the
 * server.
 */
export function createRequisitions({ accounts, consents, clock }: SandboxParts) {
  const agreements = new Map<string, Agreement>();
  const requisitions = new Map<string, Requisition>();

  async function statusOf({ consentId }: Requisition): Promise<ConsentStatus> {
    const consent = await consents.read(consentId);
    if (!consent) throw new Error('the bank has lost a consent');
    return consents.statusOf(consent);
  }

  /** The accounts of a requisition that are open, by their ids. */
  async function accountsOf({ consentId }: Requisition) {
    const consent = await consents.read(consentId);
    if (consent?.status !== 'valid' && consent?.status !== 'revokedByPsu') return [];
    const own = accounts.inOpenBanking(consent.customer ?? '').map(({ key }) => key);
    return Object.entries(consents.accountsOf(consent, own)).flatMap(([hex, key]) => {
      const account = accounts.byKey(key);
      return account ? [{ id: idOf(hex), account }] : [];
    });
  }

  return {
    statusOf,
    accountsOf,

    createAgreement(asked: Omit<Agreement, 'id' | 'created' | 'accepted'>): Agreement {
      const agreement = { id: randomUUID(), created: clock.now(), accepted: null, ...asked };
      agreements.set(agreement.id, agreement);
      return agreement;
    },

    async agreement(id: string): Promise<Agreement> {
      const agreement = agreements.get(id);
      if (!agreement) throw refused(404, 'Not found.');
      const requisition = [...requisitions.values()].find((one) => one.agreement.id === id);
      const consent = requisition && (await consents.read(requisition.consentId));
      return { ...agreement, accepted: consent?.confirmedAt ?? null };
    },

    async create(agreementId: string, redirect: string): Promise<Requisition> {
      const agreement = agreements.get(agreementId);
      if (!agreement) throw refused(400, 'Invalid agreement');
      const { id: consentId } = await consents.create({
        validUntil: addDays(dayOf(clock.now()), agreement.access_valid_for_days),
        recurring: true,
        askedAccounts: [],
        withOwnerName: true,
        redirectUrl: redirect,
        nokRedirectUrl: redirect,
      });
      const requisition = {
        id: randomUUID(),
        agreement,
        redirect,
        reference: randomUUID(),
        consentId,
      };
      requisitions.set(requisition.id, requisition);
      return requisition;
    },

    byId(id: string): Requisition {
      const requisition = requisitions.get(id);
      if (!requisition) throw refused(404, 'Not found.');
      return requisition;
    },

    async remove(id: string): Promise<void> {
      const requisition = requisitions.get(id);
      if (!requisition) throw refused(404, 'Not found.');
      requisitions.delete(id);
      if ((await statusOf(requisition)) === 'valid') {
        await consents.end(requisition.consentId, 'terminatedByTpp');
      }
    },

    /**
     * An account by its id alone, as its calls name it: of the newest requisition that shows it.
     */
    async account(
      id: string,
    ): Promise<{ requisition: Requisition; account: BankAccountBook; status: ConsentStatus }> {
      for (const requisition of [...requisitions.values()].reverse()) {
        const found = (await accountsOf(requisition)).find((one) => one.id === id);
        if (!found) continue;
        return { requisition, account: found.account, status: await statusOf(requisition) };
      }
      throw refused(404, 'Not found.');
    },

    /** The first day that an agreement covers, of those asked for. */
    firstDay({ agreement }: Requisition, from: string | undefined): string {
      const first = addDays(dayOf(agreement.created), -agreement.max_historical_days);
      return from === undefined ? first : latestOf(first, from);
    },
  };
}

/** As GoCardless writes ids. */
export function idOf(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
