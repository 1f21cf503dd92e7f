import { createRequire } from 'node:module';
import type { Clock } from '../../../cloud/ports/clock.ts';

/** As far as it is used here: https://momentjs.com/docs/#/customization/now/ */
interface Moment {
  now(): number;
}

/** The package takes today from moment: from here on it is the clock's, until what is returned is called. */
export async function setPackageClock(clock: Clock): Promise<() => void> {
  const here = createRequire(import.meta.url);
  const ofPackage = createRequire(here.resolve('israeli-bank-scrapers-core'));
  const moment = ofPackage('moment') as Moment;
  const before = moment.now;
  moment.now = () => Date.parse(clock.now());
  return () => {
    moment.now = before;
  };
}
