import { type MadeUpEntry, openingMinor, ownBank, ownIban } from './statement-entries.ts';
import { tableHeader, writeXlsStatement, writeXlsxStatement } from './statement-workbooks.ts';

/** Writes all entries as banks do, with balances that tie where the format has them. */
type WriteStatement = (entries: readonly MadeUpEntry[]) => Uint8Array;

const decimal = (minor: number, point = '.') =>
  `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}${point}${String(Math.abs(minor) % 100).padStart(2, '0')}`;
const digitsOf = (day: string) => day.replaceAll('-', '');
const shortDay = (day: string) => digitsOf(day).slice(2);
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const markup = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The last balance before the first of these entries, and the one after the last. */
function balancesOf(entries: readonly MadeUpEntry[]) {
  const first = entries[0];
  const opening = first ? first.balance - first.minor : openingMinor;
  return { opening, closing: entries.at(-1)?.balance ?? opening };
}

/** Entries of the same day or month, by so many characters of their day. */
function partsOf(entries: readonly MadeUpEntry[], characters: number) {
  return Map.groupBy(entries, ({ day }) => day.slice(0, characters)).values();
}

const sgmlHeader =
  'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n' +
  'COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n';
const xmlHeader =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n';

/** `field` writes an element that holds text: SGML leaves out its end. */
function writeOfx(entries: readonly MadeUpEntry[], field: (name: string, text: string) => string) {
  const { closing } = balancesOf(entries);
  const dayField = (name: string, day = '') => field(name, `${digitsOf(day)}120000`);
  const lines = entries.map(
    ({ day, minor, counterparty, text, reference }) =>
      `<STMTTRN>\r\n${field('TRNTYPE', minor < 0 ? 'DEBIT' : 'CREDIT')}${dayField('DTPOSTED', day)}` +
      `${field('TRNAMT', decimal(minor))}${field('FITID', reference)}${field('NAME', markup(counterparty))}` +
      `${field('MEMO', markup(text))}</STMTTRN>\r\n`,
  );
  const [first, last] = [entries[0]?.day, entries.at(-1)?.day];
  const status = `<STATUS>\r\n${field('CODE', '0')}${field('SEVERITY', 'INFO')}</STATUS>\r\n`;
  return (
    `<OFX>\r\n<SIGNONMSGSRSV1>\r\n<SONRS>\r\n${status}${dayField('DTSERVER', last)}${field('LANGUAGE', 'GER')}` +
    `</SONRS>\r\n</SIGNONMSGSRSV1>\r\n<BANKMSGSRSV1>\r\n<STMTTRNRS>\r\n${field('TRNUID', '1')}${status}` +
    `<STMTRS>\r\n${field('CURDEF', 'EUR')}<BANKACCTFROM>\r\n${field('BANKID', ownBank.code)}` +
    `${field('ACCTID', ownBank.account)}${field('ACCTTYPE', 'CHECKING')}</BANKACCTFROM>\r\n<BANKTRANLIST>\r\n` +
    `${dayField('DTSTART', first)}${dayField('DTEND', last)}${lines.join('')}</BANKTRANLIST>\r\n` +
    `<LEDGERBAL>\r\n${field('BALAMT', decimal(closing))}${dayField('DTASOF', last)}</LEDGERBAL>\r\n` +
    '</STMTRS>\r\n</STMTTRNRS>\r\n</BANKMSGSRSV1>\r\n</OFX>\r\n'
  );
}

const writeQif: WriteStatement = (entries) => {
  const lines = entries.map(({ day, minor, counterparty, text, reference }) => {
    const [year, month, date] = day.split('-');
    return `D${month}/${date}/${year}\nT${decimal(minor)}\nN${reference}\nP${counterparty}\nM${text}\n^\n`;
  });
  return latin1(`!Type:Bank\n${lines.join('')}`);
};

const wrapped = (text: string, width: number) =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\r\n');

/** A statement a day, with the German banks' structure of :86: as they send it. */
const writeMt940: WriteStatement = (entries) => {
  const sheets = [...partsOf(entries, 10)].map((ofDay, at) => {
    const { opening, closing } = balancesOf(ofDay);
    const day = shortDay(ofDay[0]?.day ?? '');
    const balance = (minor: number) =>
      `${minor < 0 ? 'D' : 'C'}${day}EUR${decimal(Math.abs(minor), ',')}`;
    const lines = ofDay.map(({ valueDay, minor, counterparty, iban, text, reference }) => {
      const purpose = `EREF+${reference} SVWZ+${text}`.match(/.{1,27}/g) ?? [];
      const fields = purpose.map((part, index) => `?${20 + index}${part}`).join('');
      const details = `166?00SEPA-BUCHUNG?109310${fields}?30${ownBank.bic}?31${iban}?32${counterparty}?34997`;
      const mark = minor < 0 ? 'D' : 'C';
      return (
        `:61:${shortDay(valueDay)}${day.slice(2)}${mark}R${decimal(Math.abs(minor), ',')}NTRFNONREF//${reference}\r\n` +
        `:86:${wrapped(details, 61)}\r\n`
      );
    });
    return (
      `:20:STARTUMS\r\n:25:${ownBank.code}/${ownBank.account}\r\n:28C:${String(at + 1).padStart(5, '0')}/001\r\n` +
      `:60F:${balance(opening)}\r\n${lines.join('')}:62F:${balance(closing)}\r\n-\r\n`
    );
  });
  return latin1(sheets.join(''));
};

/** A statement a month, in version 2, which most banks send. */
const writeCamt: WriteStatement = (entries) => {
  const servicer = `<Svcr><FinInstnId><BIC>${ownBank.bic}</BIC></FinInstnId></Svcr>`;
  const statements = [...partsOf(entries, 7)].map((ofMonth, at) => {
    const { opening, closing } = balancesOf(ofMonth);
    const [first, last] = [ofMonth[0]?.day ?? '', ofMonth.at(-1)?.day ?? ''];
    const balance = (code: string, minor: number, day: string) =>
      `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${decimal(Math.abs(minor))}</Amt>` +
      `<CdtDbtInd>${minor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
    return (
      `<Stmt><Id>S${at + 1}</Id><ElctrncSeqNb>${at + 1}</ElctrncSeqNb><CreDtTm>${last}T20:00:00+01:00</CreDtTm>` +
      `<Acct><Id><IBAN>${ownIban}</IBAN></Id><Ccy>EUR</Ccy>${servicer}</Acct>${balance('OPBD', opening, first)}` +
      `${balance('CLBD', closing, last)}\n${ofMonth.map(camtEntry).join('')}</Stmt>\n`
    );
  });
  return Buffer.from(
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">' +
      '<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-01-01T20:00:00+01:00</CreDtTm></GrpHdr>\n' +
      `${statements.join('')}</BkToCstmrStmt></Document>\n`,
  );
};

function camtEntry(entry: MadeUpEntry): string {
  const { day, valueDay, minor, counterparty, iban, text, reference } = entry;
  const sum = `<Amt Ccy="EUR">${decimal(Math.abs(minor))}</Amt>`;
  const mark = `<CdtDbtInd>${minor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
  const party = `<Nm>${markup(counterparty)}</Nm>`;
  const account = `<Id><IBAN>${iban}</IBAN></Id>`;
  const parties =
    minor < 0
      ? `<Cdtr>${party}</Cdtr><CdtrAcct>${account}</CdtrAcct>`
      : `<Dbtr>${party}</Dbtr><DbtrAcct>${account}</DbtrAcct>`;
  const family = minor < 0 ? 'ICDT' : 'RCDT';
  return (
    `<Ntry><NtryRef>${reference}</NtryRef>${sum}${mark}<Sts>BOOK</Sts>\n` +
    `<BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${valueDay}</Dt></ValDt><AcctSvcrRef>${reference}</AcctSvcrRef>\n` +
    `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${family}</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>\n` +
    `<NtryDtls><TxDtls><Refs><EndToEndId>E${reference}</EndToEndId></Refs>` +
    `<AmtDtls><TxAmt>${sum}</TxAmt></AmtDtls>\n` +
    `<RltdPties>${parties}</RltdPties><RmtInf><Ustrd>${markup(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`
  );
}

/** A month after the other, each with its balances. */
const writeN43: WriteStatement = (entries) => {
  const account = '20850103' + '0300731702';
  const amount = (minor: number) => String(Math.abs(minor)).padStart(14, '0');
  const sign = (minor: number) => (minor < 0 ? '1' : '2');
  const line = (text: string) => text.padEnd(80).slice(0, 80);
  const lines: string[] = [];
  for (const ofMonth of partsOf(entries, 7)) {
    const { opening, closing } = balancesOf(ofMonth);
    const period = `${shortDay(ofMonth[0]?.day ?? '')}${shortDay(ofMonth.at(-1)?.day ?? '')}`;
    lines.push(line(`11${account}${period}${sign(opening)}${amount(opening)}9783PERA EJEMPLO SL`));
    for (const { day, valueDay, minor, counterparty, text, reference } of ofMonth) {
      const days = `${shortDay(day)}${shortDay(valueDay)}`;
      const concept = minor < 0 ? '12' : '04';
      lines.push(
        line(
          `22    0103${days}${concept}071${sign(minor)}${amount(minor)}0000000000${reference.slice(-12)}${reference}`,
        ),
        line(`2301${counterparty.padEnd(38)}${text.slice(0, 38)}`),
      );
      if (text.length > 38) lines.push(line(`2302${text.slice(38)}`));
    }
    const sums = [
      ofMonth.filter(({ minor }) => minor < 0),
      ofMonth.filter(({ minor }) => minor >= 0),
    ]
      .map((some) => {
        const sum = some.reduce((left, { minor }) => left + minor, 0);
        return `${String(some.length).padStart(5, '0')}${amount(sum)}`;
      })
      .join('');
    lines.push(line(`33${account}${sums}${sign(closing)}${amount(closing)}978`));
  }
  lines.push(line(`88${'9'.repeat(18)}${String(lines.length).padStart(6, '0')}`));
  return latin1(`${lines.join('\r\n')}\r\n`);
};

const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const writeCsv: WriteStatement = (entries) => {
  const lines = entries.map((entry) =>
    [
      entry.day,
      entry.valueDay,
      quoted(entry.counterparty),
      entry.iban,
      quoted(entry.text),
      entry.reference,
      decimal(entry.minor),
      'EUR',
      decimal(entry.balance),
    ].join(','),
  );
  return Buffer.from(`${[tableHeader.join(','), ...lines].join('\r\n')}\r\n`);
};

/** By the bench's name of the format, as --format takes it. */
export const statementFormats: Readonly<Record<string, WriteStatement>> = {
  'ofx-sgml': (entries) =>
    latin1(sgmlHeader + writeOfx(entries, (name, text) => `<${name}>${text}\r\n`)),
  'ofx-xml': (entries) =>
    Buffer.from(xmlHeader + writeOfx(entries, (name, text) => `<${name}>${text}</${name}>\r\n`)),
  qif: writeQif,
  mt940: writeMt940,
  camt: writeCamt,
  n43: writeN43,
  csv: writeCsv,
  xlsx: writeXlsxStatement,
  xls: writeXlsStatement,
};
