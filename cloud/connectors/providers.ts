import type { UnsetProvider } from '../ports/bank-connector.ts';
import { berlinGroup } from './berlin-group/provider.ts';
import { directAccess } from './direct-access/provider.ts';
import { enableBanking } from './enable-banking/provider.ts';
import { finTs } from './fints/provider.ts';
import { goCardless } from './gocardless/provider.ts';
import { israel } from './israel/provider.ts';
import { plaid } from './plaid/provider.ts';
import type { ProvidedConnector, Provider, ProviderParts } from './provider.ts';
import { simplefin } from './simplefin/provider.ts';

/** All that can be set up, in the order in which they are told. */
export const providers: readonly Provider[] = [
  berlinGroup,
  enableBanking,
  goCardless,
  finTs,
  directAccess,
  israel,
  simplefin,
  plaid,
];

/** Settings of a provider that are wrong; the message names each, and holds no value. */
export class ProviderSettingsError extends Error {
  override readonly name = 'ProviderSettingsError';
}

/**
 * The connectors of the providers that are set up, by the names of environment variables; an empty one counts as absent.
 * A provider of which some settings are given is meant to be set up.
 * @param withFree also those that need no setting @throws ProviderSettingsError
 */
export function createConnectors(
  environment: Readonly<Record<string, string | undefined>>,
  parts: ProviderParts,
  { withFree = true }: { readonly withFree?: boolean } = {},
): {
  readonly connectors: readonly ProvidedConnector[];
  readonly unset: readonly UnsetProvider[];
} {
  const connectors: ProvidedConnector[] = [];
  const unset: UnsetProvider[] = [];
  const wrong: string[] = [];
  for (const provider of providers) {
    const { id, name, covers, settings } = provider;
    const names = Object.keys(settings.shape);
    const given = Object.fromEntries(
      names.flatMap((one) => (environment[one] ? [[one, environment[one]]] : [])),
    );
    const isFree = settings.safeParse({}).success;
    if (isFree && !withFree) continue;
    if (!isFree && Object.keys(given).length === 0) {
      const needed = names.filter((one) => !settings.shape[one]?.safeParse(undefined).success);
      unset.push({ id, name, covers, settings: needed });
      continue;
    }
    const parsed = settings.safeParse(given);
    if (parsed.success) {
      connectors.push(provider.create(parsed.data, parts));
      continue;
    }
    for (const { path, message } of parsed.error.issues)
      wrong.push(`${path.join('.')}: ${message}`);
  }
  if (wrong.length > 0) {
    throw new ProviderSettingsError(`Settings of banks (see docs/BANKS.md): ${wrong.join('; ')}`);
  }
  return { connectors, unset };
}
