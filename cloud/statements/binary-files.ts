import { StatementUnreadable } from './statement.ts';
import { lockedWorkbook } from './workbook-errors.ts';

interface BinaryKind {
  /** The bytes with which such files begin, as hexadecimal digits; a dot is any digit. */
  readonly begins: RegExp;
  readonly message: string;
}

const choose = 'Choose CSV, XLSX, OFX, MT940 or CAMT where the bank offers its downloads.';
const save = 'Save it as XLSX or CSV in your spreadsheet program, and choose that file.';

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
  // 7-Zip, RAR, bzip2, xz.
  {
    begins: /^(?:377abcaf|52617221|425a683.3141|fd377a58)/,
    message: 'This is a compressed file. Unpack it, and choose the files in it.',
  },
];

/** @throws StatementUnreadable for a PDF, a picture or an archive of an unusual kind, with what to do instead. */
export function refuseBinary(bytes: Uint8Array): void {
  const digits = Buffer.from(bytes.subarray(0, 32)).toString('hex');
  const kind = kinds.find(({ begins }) => begins.test(digits));
  if (kind) throw new StatementUnreadable('unknown-format', kind.message);
}

/** Documents of office programs are ZIP archives; what they are stands in the names of the files within. */
const documents: readonly { readonly has: RegExp; readonly message: string }[] = [
  { has: /^word\//i, message: `This is a Word document, which is made for reading. ${choose}` },
  { has: /^ppt\//i, message: `This is a presentation. ${choose}` },
  { has: /^xl\/workbook\.bin$/i, message: `This is a binary Excel workbook (XLSB). ${save}` },
  {
    has: /^Index\/.*\.iwa$|^Index\.zip$/,
    message: `This is a document of Numbers or Pages. ${save}`,
  },
  { has: /^META-INF\/manifest\.xml$/, message: `This is an OpenDocument file. ${save}` },
];

/** @throws StatementUnreadable for an archive of files with these names that is a document */
export function refuseDocument(names: readonly string[]): void {
  const kind = documents.find(({ has }) => names.some((name) => has.test(name)));
  if (kind) throw new StatementUnreadable('unknown-format', kind.message);
}

/** The same for older documents, whose streams have these names; no statement is one without a workbook. */
export function refuseOlderDocument(names: readonly string[]): never {
  const has = (name: string) => names.includes(name);
  if (has('EncryptedPackage')) throw lockedWorkbook();
  const message = has('WordDocument')
    ? `This is a Word document, which is made for reading. ${choose}`
    : `This is an older Office file without a workbook. ${choose}`;
  throw new StatementUnreadable('unknown-format', message);
}
