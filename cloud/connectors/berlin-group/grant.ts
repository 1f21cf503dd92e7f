import { BankError, type Grant } from '../../ports/bank-connector.ts';

/** What a consent was asked for with, as long as it is not given. */
export interface Asked {
  readonly redirectUrl: string;
  readonly notificationUrl: string;
  readonly validUntil: string;
  readonly psuId?: string;
  /** The consent lists accounts, and is not the one that is wanted in the end. */
  readonly isList?: true;
}

/** What the bank waits for, beside a user who comes back from its page. */
export type Question =
  | {
      readonly kind: 'method' | 'code';
      /** Where the answer goes. */
      readonly url: string;
      readonly method: 'POST' | 'PUT';
      readonly statusUrl?: string;
    }
  | { readonly kind: 'approval'; readonly statusUrl: string; readonly prompt: string }
  | {
      readonly kind: 'oauth';
      readonly verifier: string;
      readonly redirectUri: string;
      readonly tokenUrl: string;
    };

/** The grant of a consent that is asked for. */
export function askedGrant(consent: Grant, asked: Asked, question?: Question): Grant {
  return {
    ...consent,
    asked: JSON.stringify(asked),
    ...(question && { question: JSON.stringify(question) }),
  };
}

/** The parts of a grant; the texts in it are ours. */
export function readGrant(grant: Grant): {
  readonly consent: Grant;
  readonly asked?: Asked;
  readonly question?: Question;
} {
  const { asked, question, ...consent } = grant;
  return {
    consent,
    ...(asked && { asked: JSON.parse(asked) as Asked }),
    ...(question && { question: JSON.parse(question) as Question }),
  };
}

/** @throws BankError `consent-expired` */
export function consentIdOf({ consentId }: Grant): string {
  if (!consentId) throw new BankError('consent-expired', 'the grant holds no consent');
  return consentId;
}
