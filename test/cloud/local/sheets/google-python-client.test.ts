import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { findDiscoveryPath, readDiscovery } from './discovery.ts';
import { startSheets } from './sheets-at-work.ts';

const script = fileURLToPath(new URL('./google-python-client.py', import.meta.url));
const documentPath = findDiscoveryPath();
/** Debian's own first: its python3-googleapi is of no other Python. */
const python = ['/usr/bin/python3', 'python3'].find(
  (candidate) =>
    spawnSync(candidate, ['-c', 'import googleapiclient.discovery, httplib2']).status === 0,
);

if (!python || !documentPath) {
  process.stderr.write(
    'Skipped: Google’s Python client needs python3 with googleapiclient (Debian: python3-googleapi) and ../shared/specs.\n',
  );
}

(python && documentPath ? test : test.skip)(
  'Google’s Python client, which knows nothing of this server, works on it unchanged',
  async () => {
    const works = await startSheets(readDiscovery());
    try {
      const { stdout } = await promisify(execFile)(python ?? '', [
        script,
        documentPath ?? '',
        works.url,
        works.token,
      ]);
      expect(JSON.parse(stdout)).toEqual({
        title: 'Made in Python',
        updated: 6,
        appended: 'Sheet1!A3:C3',
        replies: [['addSheet'], ['createDeveloperMetadata'], []],
        shown: [
          ['Day', 'What', 'Sum'],
          ['2026-03-01', 'Säge & Söhne', '1,234.50'],
          ['2026-03-02', '=1+1', '-7.00'],
        ],
        plain: [[[46082, 'Säge & Söhne', 1234.5]], [[true]], null],
        found: {
          metadataId: 11,
          metadataKey: 'python',
          metadataValue: 'was here',
          location: { locationType: 'SHEET', sheetId: 5 },
          visibility: 'DOCUMENT',
        },
        one: 'was here',
        read: [
          {
            properties: { title: 'Second', index: 1 },
            data: [{ rowData: [{ values: [{ effectiveValue: { boolValue: true } }] }] }],
          },
        ],
        refused: [400, 'Invalid requests[0].deleteSheet: No grid with id: 99'],
        missing: 404,
      });
      expect(works.problems).toEqual([]);
    } finally {
      await works.close();
    }
  },
);
