import type { Browser } from 'playwright-core';
import type { Browser as PuppeteerBrowser } from 'puppeteer-core';
import type { z } from 'zod';
import type { BankConnector } from '../ports/bank-connector.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStatementFile } from '../ports/statement-files.ts';
import type { createTlsFetch } from './tls-fetch.ts';

/** What connectors need of the world. */
export interface ProviderParts {
  readonly fetch: typeof fetch;
  /** For banks that want a client's certificate; absent: our own. */
  readonly tlsFetch?: typeof createTlsFetch;
  readonly clock: Clock;
  /** Lets so many milliseconds pass; absent: as time does. */
  readonly sleep?: (ms: number) => Promise<unknown>;
  /** A Chromium; called at the first login that needs one. */
  readonly launch: () => Promise<Browser>;
  /** The same for what drives its browser by puppeteer. */
  readonly launchPuppeteer: () => Promise<PuppeteerBrowser>;
  /** For banks that tell entries as statement files. */
  readonly readStatementFile: ReadStatementFile;
}

/** A provider of bank access: how it is set up, and what then connects its banks. */
export interface Provider<Settings extends z.ZodObject = z.ZodObject> {
  /** The connector's. */
  readonly id: string;
  /** As its own site writes it. */
  readonly name: string;
  /** Whose banks these are, in words. */
  readonly covers: string;
  /** By the names of environment variables; all optional ones absent and no other given: not set up. */
  readonly settings: Settings;
  create(settings: z.output<Settings>, parts: ProviderParts): ProvidedConnector;
}

/** A connector that may hold something open until it is closed. */
export type ProvidedConnector = BankConnector & { close?(): Promise<void> };

/** Ties a provider's settings to what is made of them. */
export function defineProvider<Settings extends z.ZodObject>(
  provider: Provider<Settings>,
): Provider {
  return provider as unknown as Provider;
}
