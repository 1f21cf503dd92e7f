import { StatementUnreadable } from './statement.ts';

interface BinaryKind {
  /** The bytes with which such files begin, as hexadecimal digits; a dot is any digit. */
  readonly begins: RegExp;
  /** What stands in the first bytes besides. */
  readonly has?: RegExp;
  readonly message: string;
}

const choose = 'Choose CSV, OFX or CAMT where the bank offers its downloads.';
const save = 'Save it as CSV (UTF-8) in your spreadsheet program, and choose that file.';

const kinds: readonly BinaryKind[] = [
  {
    begins: /^25504446/,
    message: `This is a PDF, which is made for reading, not for importing. ${choose}`,
  },
  // PNG, JPEG, GIF, TIFF, WebP, HEIC.
  {
    begins: /^(?:89504e47|ffd8ff|47494638|49492a00|4d4d002a|52494646.{8}57454250|.{8}66747970)/,
    message: `This is a picture. ${choose}`,
  },
  {
    begins: /^504b0304/,
    has: /\[Content_Types\]\.xml|xl\//,
    message: `This is an Excel workbook. ${save}`,
  },
  { begins: /^d0cf11e0/, message: `This is an older Office file. ${save}` },
  // ZIP, gzip, 7-Zip, RAR.
  {
    begins: /^(?:504b0304|504b0506|1f8b08|377abcaf|52617221)/,
    message: 'This is a compressed file. Unpack it, and choose the files in it.',
  },
];

/** @throws StatementUnreadable for a PDF, a picture, a workbook or an archive, with what to do instead. */
export function refuseBinary(bytes: Uint8Array): void {
  const head = Buffer.from(bytes.subarray(0, 4000));
  const [digits, text] = [head.toString('hex'), head.toString('latin1')];
  const kind = kinds.find(({ begins, has }) => begins.test(digits) && (has?.test(text) ?? true));
  if (kind) throw new StatementUnreadable('unknown-format', kind.message);
}
