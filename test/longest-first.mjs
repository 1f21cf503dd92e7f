import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * Files that take longest, the longest first: a worker that begins one of them last keeps the others waiting. Jest knows
 * that of the run before; a fresh clone, as on CI, goes by the files' sizes alone.
 */
const longest = [
  'test/cloud/local/host/page-and-others.test.ts',
  'test/syncbench/scenarios-by-login.test.ts',
  'test/browser/drafts-walk.test.ts',
  'test/cloud/connectors/direct-access/contract.test.ts',
  'test/addon/deliver-rows-deaths.test.ts',
  'test/syncbench/scenarios-on-firestore.test.ts',
  'test/cloud/statements/fuzz.test.ts',
  'test/browser/failures-walk.test.ts',
  'test/browser/direct-access-walk.test.ts',
  'test/browser/connect-page.test.ts',
  'test/browser/renewal-walk.test.ts',
  'test/cloud/connectors/direct-access/reading.test.ts',
  'test/cloud/connectors/direct-access/strange-site.test.ts',
  'test/browser/main-job.test.ts',
  'test/syncbench/scenarios.test.ts',
  'test/syncbench/scenarios-by-provider.test.ts',
  'test/cloud/connectors/direct-access/log-in.test.ts',
  'test/browser/settings-walk.test.ts',
  'test/cloud/local/start.test.ts',
  'test/browser/secrets.test.ts',
  'test/cloud/core/life-properties.test.ts',
  'test/addon/addon-sheet.test.ts',
  'test/cloud/core/faults-of-runs.test.ts',
  'test/cloud/core/book-properties.test.ts',
  'test/browser/import-walk.test.ts',
  'test/addon/suggestions.test.ts',
  'test/cloud/local/statement-files.test.ts',
  'test/cloud/local/host/page.test.ts',
];
const gone = longest.filter((file) => !existsSync(join(root, file)));
if (gone.length > 0) throw new Error(`test/longest-first.mjs names what is not there: ${gone}`);

/** The rest by size, as Jest itself has them where it knows nothing. */
export default class LongestFirst {
  sort(tests) {
    const placeOf = ({ path }) => {
      const place = longest.indexOf(relative(root, path).replaceAll('\\', '/'));
      return place < 0 ? longest.length : place;
    };
    const sizeOf = ({ path }) => statSync(path).size;
    return [...tests].sort((a, b) => placeOf(a) - placeOf(b) || sizeOf(b) - sizeOf(a));
  }

  /** Jest hands over what each file took; the order here is told, not learned. */
  cacheResults() {}
}
