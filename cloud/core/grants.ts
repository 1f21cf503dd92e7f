import { FailureError } from '../../shared/failures.ts';
import type { Grant } from '../ports/bank-connector.ts';
import { type Sealed, VaultUnreadable } from '../ports/vault.ts';
import type { World } from './world.ts';

/** A connector's grant under lock, bound to the id of what it is kept in. */
export function sealGrant({ vault }: World, id: string, grant: Grant): Promise<Sealed> {
  return vault.seal(id, grant);
}

/** @throws FailureError `grant-unreadable` for what is gone or cannot be opened; VaultUnavailable */
export async function openGrant(
  { vault }: World,
  id: string,
  sealed: Sealed | undefined,
): Promise<Grant> {
  if (!sealed) throw new FailureError('grant-unreadable');
  try {
    return (await vault.open(id, sealed)) as Grant;
  } catch (error) {
    if (error instanceof VaultUnreadable) throw new FailureError('grant-unreadable');
    throw error;
  }
}
