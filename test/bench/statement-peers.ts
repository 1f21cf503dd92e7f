/** A reader on npm beside which ours is measured. */
export interface StatementPeer {
  readonly name: string;
  readonly version: string;
  /** The bench's names of the formats that it reads. */
  readonly formats: readonly string[];
  /** What its rows are less than our entries. */
  readonly less: string;
  /** What of the package is loaded, where that is not its name. */
  readonly entry?: string;
  /** Makes its reader of what the package exports: a file's bytes -> how many rows it found. */
  readonly open: (exported: never) => (bytes: Buffer) => RowCount | Promise<RowCount>;
}

/** Counted after the time is taken, so what was read is in memory until then. */
type RowCount = () => number;

type Parse = (text: string) => unknown;

const utf8 = (bytes: Buffer) => bytes.toString();
const latin1 = (bytes: Buffer) => bytes.toString('latin1');
const ofxList = 'OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST';
const asTree = 'a tree of texts: no dates, no amounts, no encodings';
const asCells = 'only splits cells into texts: no columns, dates or amounts';

export const statementPeers: readonly StatementPeer[] = [
  {
    name: 'ofx-js',
    version: '1.1.1',
    formats: ['ofx-sgml', 'ofx-xml'],
    less: asTree,
    open:
      ({ parseSync }: { parseSync: Parse }) =>
      (bytes) =>
        counted(parseSync(latin1(bytes)), `${ofxList}.STMTTRN`),
  },
  {
    name: 'ofx-data-extractor',
    version: '1.5.0',
    formats: ['ofx-sgml', 'ofx-xml'],
    less: 'amounts are floats, and no encodings but one',
    open:
      ({ Ofx }: { Ofx: new (text: string) => { toJson(): unknown } }) =>
      (bytes) =>
        counted(new Ofx(latin1(bytes)).toJson(), `${ofxList}.STRTTRN`),
  },
  {
    name: 'node-ofx-parser',
    version: '0.5.1',
    formats: ['ofx-sgml', 'ofx-xml'],
    less: asTree,
    open:
      ({ parse }: { parse: Parse }) =>
      (bytes) =>
        counted(parse(latin1(bytes)), `${ofxList}.STMTTRN`),
  },
  {
    name: 'qif2json',
    version: '0.4.0',
    formats: ['qif'],
    less: 'amounts are floats, days come in one order that it is told',
    open:
      ({ parse }: { parse: (text: string, options: object) => unknown }) =>
      (bytes) =>
        counted(parse(latin1(bytes), { dateFormat: 'us' }), 'transactions'),
  },
  {
    name: 'qif-ts',
    version: '1.0.0',
    formats: ['qif'],
    less: 'days stay text, amounts are floats',
    open:
      ({ deserializeQif }: { deserializeQif: Parse }) =>
      (bytes) =>
        counted(deserializeQif(latin1(bytes)), 'transactions'),
  },
  {
    name: 'mt940-js',
    version: '1.0.0',
    formats: ['mt940'],
    less: 'amounts are floats, :86: stays one text, no encodings',
    open:
      ({ read }: { read: (bytes: Buffer) => Promise<unknown> }) =>
      async (bytes) =>
        counted(await read(bytes), 'transactions'),
  },
  {
    name: 'mt940js',
    version: '1.3.5',
    formats: ['mt940'],
    less: 'amounts are floats, :86: stays one text',
    open:
      ({ Parser }: { Parser: new () => { parse: Parse } }) =>
      (bytes) =>
        counted(new Parser().parse(latin1(bytes)), 'transactions'),
  },
  {
    name: 'iso20022.js',
    version: '0.0.15',
    formats: ['camt'],
    less: 'no problems told, and one version of one message',
    open:
      ({ CashManagementEndOfDayReport }: { CashManagementEndOfDayReport: CamtReport }) =>
      (bytes) =>
        counted(CashManagementEndOfDayReport.fromXML(utf8(bytes)), 'statements.entries'),
  },
  {
    name: 'fast-xml-parser',
    version: '5.12.1',
    formats: ['camt'],
    less: asTree,
    open:
      ({ XMLParser }: { XMLParser: new (options: object) => { parse: Parse } }) =>
      (bytes) =>
        counted(
          new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(utf8(bytes)),
          'Document.BkToCstmrStmt.Stmt.Ntry',
        ),
  },
  {
    name: 'csv-parse',
    version: '7.0.3',
    entry: 'csv-parse/sync',
    formats: ['csv'],
    less: asCells,
    open:
      ({ parse }: { parse: (bytes: Buffer, options: object) => unknown[] }) =>
      (bytes) =>
        withoutHeader(parse(bytes, { bom: true, relax_quotes: true, relax_column_count: true })),
  },
  {
    name: 'papaparse',
    version: '5.7.1',
    formats: ['csv'],
    less: asCells,
    open:
      ({ parse }: { parse: (text: string, options: object) => { data: unknown[] } }) =>
      (bytes) =>
        withoutHeader(parse(utf8(bytes), { skipEmptyLines: true }).data),
  },
  {
    name: 'udsv',
    version: '0.7.3',
    formats: ['csv'],
    less: asCells,
    open:
      ({ inferSchema, initParser }: Udsv) =>
      (bytes) => {
        const text = utf8(bytes);
        const rows = initParser(inferSchema(text)).stringArrs(text);
        return () => rows.length;
      },
  },
  {
    name: '@e965/xlsx',
    version: '0.20.3',
    formats: ['xlsx', 'xls'],
    less: 'only cells: no columns, entries or balances',
    open:
      ({ read, utils }: SheetJs) =>
      (bytes) => {
        const { Sheets } = read(bytes, { dense: true, cellDates: true });
        const [sheet] = Object.values(Sheets);
        return withoutHeader(utils.sheet_to_json(sheet, { header: 1 }));
      },
  },
  {
    name: 'hucre',
    version: '1.0.0',
    formats: ['xlsx', 'xls'],
    less: 'only cells: no columns, entries or balances',
    open:
      ({ read }: { read: (bytes: Buffer) => Promise<{ sheets: { rows: unknown[] }[] }> }) =>
      async (bytes) =>
        withoutHeader((await read(bytes)).sheets[0]?.rows ?? []),
  },
  {
    name: 'read-excel-file',
    version: '9.3.17',
    entry: 'read-excel-file/node',
    formats: ['xlsx'],
    less: 'only cells: no columns, entries or balances',
    open:
      ({ readSheet }: { readSheet: (bytes: Buffer) => Promise<unknown[]> }) =>
      async (bytes) =>
        withoutHeader(await readSheet(bytes)),
  },
];

interface CamtReport {
  readonly fromXML: Parse;
}
interface Udsv {
  readonly inferSchema: (text: string) => unknown;
  readonly initParser: (schema: unknown) => { stringArrs(text: string): unknown[] };
}
interface SheetJs {
  readonly read: (bytes: Buffer, options: object) => { Sheets: Record<string, unknown> };
  readonly utils: { sheet_to_json(sheet: unknown, options: object): unknown[] };
}

const withoutHeader = (rows: readonly unknown[]) => () => rows.length - 1;

/** How many values stand at a path of names, over all lists on the way. */
function counted(tree: unknown, path: string): RowCount {
  return () => countAt(tree, path.split('.'));
}

function countAt(tree: unknown, [name, ...rest]: readonly string[]): number {
  if (Array.isArray(tree)) {
    const names = name === undefined ? [] : [name, ...rest];
    return tree.reduce((sum: number, item) => sum + countAt(item, names), 0);
  }
  if (name === undefined) return tree === undefined ? 0 : 1;
  if (typeof tree !== 'object' || tree === null) return 0;
  return countAt((tree as Readonly<Record<string, unknown>>)[name], rest);
}
