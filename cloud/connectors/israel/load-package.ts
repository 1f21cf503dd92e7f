import { createRequire } from 'node:module';

export type Package = typeof import('israeli-bank-scrapers-core');

/** As far as it is used here. */
interface Debug {
  disable(): string;
  enable(namespaces: string): void;
}

/**
 * The package, which is large, when it is first needed. Under DEBUG it would print accounts and its browser's driver all
 * that is typed: of these two nothing is printed, whatever DEBUG says.
 */
export async function loadPackage(): Promise<Package> {
  const name = 'israeli-bank-scrapers-core';
  const ofPackage = createRequire(createRequire(import.meta.url).resolve(name));
  const debug = ofPackage('debug') as Debug;
  const wanted = debug.disable();
  if (wanted) debug.enable(`${wanted},-israeli-bank-scrapers:*,-puppeteer:*`);
  const loaded = (await import('israeli-bank-scrapers-core')) as Package & { default?: Package };
  return loaded.default ?? loaded;
}
