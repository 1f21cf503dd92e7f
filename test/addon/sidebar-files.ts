import type {
  FileAccountView,
  FilePreview,
  FileQuestion,
  ImportView,
} from '../../shared/statement-files.ts';
import { changePreview, rowView } from './sidebar-views.ts';

/** An account in a file, found by its number: 214 of its entries are new. */
export function fileAccount(change: Partial<FileAccountView> = {}): FileAccountView {
  return {
    key: 'a1',
    name: 'DE02120300000000202051',
    currency: 'EUR',
    period: { from: '2026-01-02', to: '2026-03-31' },
    entries: 245,
    pending: 0,
    problems: [],
    problemCount: 0,
    target: { accountKey: 'giro' },
    targetBy: 'number',
    change: fileChange(),
    ...change,
  };
}

export function fileChange(
  change: Partial<NonNullable<FileAccountView['change']>> = {},
): NonNullable<FileAccountView['change']> {
  const { previewId: _, ...preview } = changePreview({ newRows: 214, settled: 0, changed: 0 });
  return { ...preview, known: 31, beforeStart: 0, ...change };
}

/** The account as it is before the user has said where it goes. */
export function undecided(change: Partial<FileAccountView> = {}): FileAccountView {
  return fileAccount({ name: '', target: null, targetBy: null, change: null, ...change });
}

export function filePreview(
  accounts: readonly FileAccountView[] = [fileAccount()],
  change: Partial<FilePreview> = {},
): FilePreview {
  return { format: 'CSV', question: null, remembered: [], accounts, ...change };
}

export const dayOrMonth: FileQuestion = {
  key: 'date-order',
  layout: 'l1',
  message: 'Does the day or the month stand first in its dates?',
  options: [
    {
      id: 'day-first',
      label: 'Day first',
      examples: ['03/04/2026 is 3 April 2026', '05/04/2026 is 5 April 2026'],
    },
    {
      id: 'month-first',
      label: 'Month first',
      examples: ['03/04/2026 is 4 March 2026', '05/04/2026 is 4 May 2026'],
    },
  ],
};

export function asking(question: FileQuestion = dayOrMonth): FilePreview {
  return { format: '', question, remembered: [], accounts: [] };
}

export function importView(change: Partial<ImportView> = {}): ImportView {
  return { fileId: 'f1', name: 'giro.csv', state: 'importing', ...change };
}

/** Rows with what a bank may write. */
export const longRows = [
  rowView({
    description:
      'SEPA-Lastschrift Stadtwerke Musterstadt-Beispielhausen GmbH & Co. KG Abschlag Strom 03/2026 Vertragskonto',
    amount: '-1234567.89',
  }),
  rowView({ description: '<b onmouseover=alert(1)>Bäckerei</b>', amount: '-4.20' }),
];
