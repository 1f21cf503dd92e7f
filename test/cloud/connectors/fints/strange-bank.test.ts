import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { loadLibrary, readReply } from '../../../../cloud/connectors/fints/message.ts';
import type { BankSession } from '../../../../cloud/ports/bank-connector.ts';
import { collect, entry, euros } from '../../../contract/bank-connector.ts';
import type { FinTsDress } from '../../../providers/fints/server.ts';
import { type FinTsWorld, oneMethod, startFinTs } from '../../../providers/fints/start-fints.ts';
import type { SentSegment } from '../../../providers/fints/wire.ts';

// What real banks are reported to send, each with where it was reported.

let bank: FinTsWorld | undefined;
let session: BankSession | undefined;
afterEach(async () => {
  await session?.close();
  await bank?.stop();
  session = undefined;
  bank = undefined;
});

const recent = { from: '2026-02-01' };

/** A session at such a bank, with the id of its first account. */
async function open(dress: FinTsDress, traits = {}) {
  bank = await startFinTs({
    customers: oneMethod,
    dress: { asksAtLogin: 'never', ...dress },
    traits,
  });
  bank.control.show('current', { entries: [entry()], balance: { booked: euros(100) } });
  session = await bank.connector.open(await bank.connect(), undefined);
  const accounts = await session.accounts();
  return { world: bank, session, accounts, id: accounts[0]?.externalId ?? '' };
}

/** Changes segments of that name. */
function changing(name: string, change: (segment: SentSegment) => readonly SentSegment[]) {
  return (segments: readonly SentSegment[]) =>
    segments.flatMap((segment) => (segment.id === name ? change(segment) : [segment]));
}

test('sends with each order what the bank wants for it, and lets go of the dialog', async () => {
  const { world, session, id } = await open({});
  await session.balance(id);
  await collect(session.entries(id, recent));
  await session.close();
  const namesOf = (name: string) =>
    world.server
      .messages()
      .findLast((all) => all.some((it) => it.id === name))
      ?.map((it) => it.id);
  expect(namesOf('HKSAL')).toEqual(['HNSHK', 'HKSAL', 'HNSHA']);
  expect(namesOf('HKCAZ')).toEqual(['HNSHK', 'HKCAZ', 'HKTAN', 'HNSHA']);
  expect(world.server.openDialogs()).toBe(0);
});

test('keeps what is new of the bank and of the accounts, and nothing where nothing is', async () => {
  const { world } = await open({});
  const grant = await world.connect();
  const kept: string[] = [];
  const read = async () => {
    const opened = await world.connector.open(grant, undefined, async (next) => {
      kept.push(next['known'] ?? '');
    });
    await opened.accounts();
    await opened.close();
  };
  await read();
  expect(kept).toEqual([]);
  const [clara] = oneMethod;
  const [book] = clara?.accounts ?? [];
  if (!book) throw new Error('no account');
  world.control.openAccount('clara', { ...book, key: 'new', iban: 'DE02120300000000202051' });
  await read();
  expect(kept).toHaveLength(1);
  expect(kept[0]).toContain('DE02120300000000202051');
  expect(kept[0]).not.toMatch(/HKTAN|Post/);
});

test('reads marks of the syntax in names as the letters that they are', async () => {
  const name = "Kids' Konto?+:@3@";
  const { session } = await open({
    spoil: changing('HIUPD', ({ elements, ...segment }) => [
      { ...segment, elements: elements.map((it, at) => (at === 7 ? name : it)) },
    ]),
  });
  expect((await session.accounts())[0]).toMatchObject({ product: name });
});

test('waits for an approval where the bank asks for one by 3955, whatever its method is called (python-fints 171)', async () => {
  const spoil = changing('HIRMS', ({ elements, ...segment }) => [
    {
      ...segment,
      elements: elements.map((it) =>
        Array.isArray(it) && it[0] === 30 ? [3955, '', 'Bitte in der App freigeben'] : it,
      ),
    },
  ]);
  bank = await startFinTs({ customers: oneMethod, dress: { spoil } });
  expect(await bank.start()).toMatchObject({ confirmation: { kind: 'approval', everySeconds: 5 } });
});

test('asks in the older form where the bank has no CAMT that we read', async () => {
  const { world, session, id } = await open({
    spoil: changing('HICAZS', (segment) => [
      {
        ...segment,
        elements: [1, 1, 0, [90, 'J', 'N', 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.02']],
      },
    ]),
  });
  expect(await collect(session.entries(id, recent))).toHaveLength(1);
  expect(
    world.server
      .messages()
      .flat()
      .map((it) => it.id),
  ).toContain('HKKAZ');
});

test('reads no message of which the end or every word is missing', async () => {
  const library = await loadLibrary();
  const head = 'HNHBK:1:3+000000000042+300+1+1';
  const said = "HIRMG:2:2+10::Gut'";
  expect(readReply(library, `${head}'${said}HNHBS:3:1+1'`).answers).toMatchObject([{ code: 10 }]);
  for (const broken of [`${head}'${said}`, `${head}'HNHBS:3:1+1'`, `${head}'${said}HNHBS:3:1+1`]) {
    expect(() => readReply(library, broken)).toThrow(/^reply-unreadable/);
  }
});

test('never sends a PIN to a host that the bank itself names (HIKOM)', async () => {
  let calls = 0;
  const other = createServer((_, response) => {
    calls += 1;
    response.end();
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  try {
    for (const hikom of [`127.0.0.1:${port}/fints`, `http://127.0.0.1:${port}/fints`]) {
      const { session, id } = await open({ hikom });
      expect(await session.balance(id)).toEqual({ booked: euros(100) });
      const grant = JSON.stringify(await bank?.connect());
      expect(grant).not.toContain(String(port));
      await session.close();
      await bank?.stop();
    }
  } finally {
    bank = undefined;
    session = undefined;
    await new Promise((resolve) => other.close(resolve));
  }
  expect(calls).toBe(0);
});

test('follows no redirect, which would carry the PIN to another host', async () => {
  let calls = 0;
  const other = createServer((request, response) => {
    calls += 1;
    if (request.url === '/fints') response.writeHead(307, { Location: '/other' });
    response.end();
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  bank = await startFinTs();
  const { institution } = bank;
  const url = `http://127.0.0.1:${port}/fints`;
  const redirected = await startFinTs({
    connector: { banks: [{ institution, blz: '12345678', url }] },
  });
  await expect(redirected.start()).rejects.toMatchObject({ code: 'reply-unreadable' });
  await redirected.stop();
  await new Promise((resolve) => other.close(resolve));
  expect(calls).toBe(1);
});

test('asks for no TAN where HITAN says that there is nothing to confirm (phpFinTS 20)', async () => {
  const hitan = { id: 'HITAN', version: 6, about: 5, elements: ['4', '', 'noref', 'nochallenge'] };
  const spoil: FinTsDress['spoil'] = (segments, came) =>
    came.some(({ id }) => id === 'HKTAN') ? [...segments, hitan] : segments;
  const { session, id } = await open({ spoil });
  expect(await collect(session.entries(id, recent))).toHaveLength(1);
});

test('asks for devices of all kinds, for Sparkassen know no other question (lib-fints 22)', async () => {
  const { world } = await open({ media: ['Handy'] });
  const hktab = world.server
    .messages()
    .flat()
    .find(({ id }) => id === 'HKTAB');
  expect(hktab?.elements).toEqual([['0'], ['A']]);
  const beginning = world.server.messages().find((all) => all.some((it) => it.id === 'HKTAN'));
  expect(beginning?.find(({ id }) => id === 'HKTAN')?.elements).toEqual([['4'], ['HKTAB']]);
});

test.each([9075, 9010, 9955])(
  'does without the names of devices that a bank tells after a TAN alone (%i; python-fints 101)',
  async (code) => {
    let isRefused = false;
    const spoil: FinTsDress['spoil'] = (segments, came) => {
      if (!came.some(({ id }) => id === 'HKTAB')) return segments;
      isRefused = true;
      return [{ id: 'HIRMG', version: 2, elements: [[code, '', 'Nein']] }];
    };
    bank = await startFinTs({
      customers: oneMethod,
      dress: { media: [], asksAtLogin: 'never', spoil },
    });
    const step = await bank.start().catch((error: unknown) => error);
    expect(isRefused).toBe(true);
    expect(step).toMatchObject(code === 9955 ? { code: 'consent-expired' } : { kind: 'granted' });
  },
);

test('names an account by IBAN alone where it has one, as Deutsche Bank wants it (phpFinTS 249)', async () => {
  const { world, session, id, accounts } = await open({});
  await session.balance(id);
  await collect(session.entries(id, recent));
  const orders = world.server
    .messages()
    .flat()
    .filter((it) => it.id === 'HKSAL' || it.id === 'HKCAZ');
  const iban = accounts[0]?.iban;
  expect(orders.map(({ elements }) => elements[0]?.filter((value) => value !== ''))).toEqual([
    [iban],
    [iban],
  ]);
});

test('reads entries that are noted alone, without any that are booked', async () => {
  for (const statements of ['camt', 'mt940'] as const) {
    const { world, session, id } = await open({ statements });
    const { bookingDate: _, ...noted } = entry({ status: 'pending' });
    world.control.show('current', { entries: [noted] });
    const shown = await collect(session.entries(id, recent));
    expect(shown).toMatchObject([{ status: 'pending', amount: euros(-450) }]);
    expect(shown[0]).not.toHaveProperty('bookingDate');
    await session.close();
    await bank?.stop();
  }
  bank = undefined;
});

test('reads a SWIFT statement that is cut in the middle of a line between two messages', async () => {
  const { world, session, id } = await open({
    statements: 'mt940',
    spoil: (segments, came) => {
      const hikaz = segments.find((segment) => segment.id === 'HIKAZ');
      const order = came.find((segment) => segment.id === 'HKKAZ');
      const [booked] = hikaz?.elements ?? [];
      if (!hikaz || !order || typeof booked !== 'object' || !('binary' in booked)) return segments;
      const isSecond = order.elements[5]?.[0] === '0';
      const at = booked.binary.indexOf(':61:') + 17;
      const binary = isSecond ? booked.binary.slice(at) : booked.binary.slice(0, at);
      const rest = segments.filter((segment) => segment !== hikaz);
      const more: SentSegment = { id: 'HIRMS', version: 2, elements: [[3040, '', 'Mehr', '0']] };
      return [...rest, ...(isSecond ? [] : [more]), { ...hikaz, elements: [{ binary }] }];
    },
  });
  world.control.show('current', { entries: [entry(), entry({ reference: 'E2' })] });
  const shown = await collect(session.entries(id, recent)).catch((error: unknown) => error);
  expect(shown).toMatchObject([{ reference: 'E1' }, { reference: 'E2' }]);
});

test('ends where a bank gives the same page again and again', async () => {
  const more: SentSegment = { id: 'HIRMS', version: 2, elements: [[3040, '', 'Mehr', '0']] };
  const spoil: FinTsDress['spoil'] = (segments, came) =>
    came.some(({ id }) => id === 'HKCAZ') ? [...segments, more] : segments;
  const { session, id } = await open({ spoil });
  await expect(collect(session.entries(id, recent))).rejects.toMatchObject({
    code: 'reply-unreadable',
  });
});

test('leaves out segments that it cannot read and does not need', async () => {
  const broken = changing('HIZZZS', (segment) => [
    segment,
    { id: 'HISPAS', version: 3, elements: ['x', 'y'] },
    { id: 'HITANS', version: 5, elements: [1, 1, 1, ['?']] },
    { id: 'HIKIM', version: 2, elements: ['Post an info@bank.example', ''] },
  ]);
  const { session, id } = await open({ spoil: broken });
  expect(await session.balance(id)).toHaveProperty('booked');
});

test.each(['HIUPD', 'HIBPA'])('does not go on without %s that it cannot read', async (name) => {
  bank = await startFinTs({
    customers: oneMethod,
    dress: {
      asksAtLogin: 'never',
      spoil: changing(name, (segment) => [{ ...segment, elements: ['Erika'] }]),
    },
  });
  const error = await bank.start().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'reply-unreadable' });
  expect(String(error)).not.toContain('Erika');
});

test.each([
  ['number', '', ['4711', '01', '280', '12345678']],
  ['IBAN', 'DE02120300000000202051', ['DE02120300000000202051', '4711', '01', '280', '12345678']],
])(
  'tells apart accounts that have one %s, and asks about the right one',
  async (_, iban, named) => {
    const spoil = changing('HIUPD', ({ elements: [, , ...rest], ...segment }) =>
      ['00', '01'].map((sub) => ({
        ...segment,
        elements: [['4711', sub, 280, '12345678'], iban, ...rest],
      })),
    );
    bank = await startFinTs({ customers: oneMethod, dress: { asksAtLogin: 'never', spoil } });
    session = await bank.connector.open(await bank.connect(), undefined);
    const ids = (await session.accounts()).map(({ externalId }) => externalId);
    expect(ids.slice(0, 2)).toEqual(['4711/00', '4711/01']);
    await session.balance('4711/01').catch(() => undefined);
    const sent = bank.server.messages().flat();
    const order = sent.findLast(({ id }) => id === 'HKSAL');
    expect(order?.elements[0]?.filter((value) => value !== '')).toEqual(named);
  },
);

test('asks for IBANs where the bank does not tell them with the accounts', async () => {
  const iban = 'DE02120300000000202051';
  const spoil: FinTsDress['spoil'] = (segments, came) => {
    const withoutIbans = segments.map((segment) => {
      if (segment.id === 'HIPINS')
        return { ...segment, elements: [1, 1, 0, [5, 20, 6, '', '', 'HKSPA', 'N', 'HKSAL', 'N']] };
      if (segment.id !== 'HIUPD') return segment;
      const [, , ...rest] = segment.elements;
      return { ...segment, elements: [['4711', '', 280, '12345678'], '', ...rest] };
    });
    const hispas: SentSegment = {
      id: 'HISPAS',
      version: 1,
      elements: [1, 1, 0, ['N', 'N', 'N']],
    };
    const isBpd = segments.some(({ id }) => id === 'HIBPA');
    const hispa: SentSegment = {
      id: 'HISPA',
      version: 1,
      elements: [['J', iban, 'BYLADEM1001', '4711', '', 280, '12345678']],
    };
    if (came.some(({ id }) => id === 'HKSPA'))
      return [{ ...hispa, id: 'HIRMG', version: 2, elements: [[20, '', 'Gut']] }, hispa];
    return isBpd ? [...withoutIbans, hispas] : withoutIbans;
  };
  bank = await startFinTs({ customers: oneMethod, dress: { asksAtLogin: 'never', spoil } });
  session = await bank.connector.open(await bank.connect(), undefined);
  expect((await session.accounts())[0]).toMatchObject({ iban, type: 'current' });
});

test('does without IBANs that the bank refuses to tell', async () => {
  const spoil: FinTsDress['spoil'] = (segments, came) => {
    if (came.some(({ id }) => id === 'HKSPA')) {
      return [{ id: 'HIRMG', version: 2, elements: [[9010, '', 'Nein']] }];
    }
    const isBpd = segments.some(({ id }) => id === 'HIBPA');
    const hispas: SentSegment = { id: 'HISPAS', version: 1, elements: [1, 1, 0, ['N', 'N', 'N']] };
    return [...segments, ...(isBpd ? [hispas] : [])].map((segment) =>
      segment.id === 'HIPINS'
        ? { ...segment, elements: [1, 1, 0, [5, 20, 6, '', '', 'HKSPA', 'N', 'HKSAL', 'N']] }
        : segment,
    );
  };
  const customers = oneMethod.map((customer) => ({
    ...customer,
    accounts: customer.accounts.map(({ iban: _, ...account }) => account),
  }));
  bank = await startFinTs({ customers, dress: { asksAtLogin: 'never', spoil } });
  session = await bank.connector.open(await bank.connect(), undefined);
  expect((await session.accounts())[0]).toHaveProperty('mask');
  const asked = bank.server.messages().flat();
  expect(asked.map(({ id }) => id)).toContain('HKSPA');
});

test('shows an account that is new though the bank has not counted up the version of its list', async () => {
  let added = false;
  const spoil: FinTsDress['spoil'] = (segments) => {
    const last = segments.findLast(({ id }) => id === 'HIUPD');
    const versions = segments.map((segment) =>
      segment.id === 'HIUPA' ? { ...segment, elements: ['clara', 5, 0] } : segment,
    );
    if (!last || !added) return versions;
    const [, , ...rest] = last.elements;
    return [...versions, { ...last, elements: [['999999', '', 280, '12345678'], '', ...rest] }];
  };
  const { world, accounts } = await open({ spoil });
  added = true;
  await session?.close();
  session = await world.connector.open(await world.connect(), undefined);
  expect(await session.accounts()).toHaveLength(accounts.length + 1);
});

test('takes the accounts that a bank tells with the question for the TAN, and not after it', async () => {
  let told: readonly SentSegment[] = [];
  const isOfUser = ({ id }: SentSegment) => id === 'HIUPA' || id === 'HIUPD';
  const learning = await startFinTs({
    customers: oneMethod,
    dress: {
      asksAtLogin: 'never',
      spoil: (segments) => {
        if (segments.some(isOfUser)) told = segments.filter(isOfUser);
        return segments;
      },
    },
  });
  await learning.connect();
  await learning.stop();
  bank = await startFinTs({
    customers: oneMethod,
    dress: {
      spoil: (segments) => {
        const isAsking = segments.some(({ id }) => id === 'HITAN');
        return [...segments.filter((it) => !isOfUser(it)), ...(isAsking ? told : [])];
      },
    },
  });
  session = await bank.connector.open(await bank.connect(), undefined);
  expect((await session.accounts()).length).toBeGreaterThan(1);
});

test('carries letters and marks of a PIN as they are typed', async () => {
  const password = "Schlüssel?+1:2@'";
  const customers = oneMethod.map((customer) => ({ ...customer, password }));
  bank = await startFinTs({ customers, dress: { asksAtLogin: 'never' } });
  expect((await bank.start({ 'user-id': 'clara', pin: password })).kind).toBe('granted');
});

test('logs nothing, whatever a bank sends', async () => {
  const spies = (['log', 'warn', 'error', 'info'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation(() => {}),
  );
  try {
    for (const statements of ['camt', 'mt940'] as const) {
      const name = statements === 'camt' ? 'HICAZ' : 'HIKAZ';
      const { session, id } = await open({
        statements,
        spoil: changing(name, (segment) => [
          {
            ...segment,
            elements: segment.elements.map((it) =>
              typeof it === 'object' ? [{ binary: ':61:Erika Muster kaputt<Ntry>' }] : it,
            ),
          },
        ]),
      });
      const error = await collect(session.entries(id, recent)).catch((it: unknown) => it);
      expect(error).toMatchObject({ code: 'reply-unreadable' });
      expect(JSON.stringify([error, String(error)])).not.toContain('Erika');
      await session.close();
      await bank?.stop();
    }
    bank = undefined;
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
});

test.each([
  ['goes on', [9050, 9110], 1],
  ['is over', [9050, 9110, 9010], 2],
])(
  'asks for MT940 where CAMT is announced and the order for it not known, and the dialog %s',
  async (_, codes, logins) => {
    const dress: FinTsDress = {
      spoil: (segments, came) =>
        came.some(({ id }) => id === 'HKCAZ')
          ? [{ id: 'HIRMG', version: 2, elements: codes.map((code) => [code, '', 'Unbekannt']) }]
          : segments,
    };
    const { world, session, id } = await open(dress);
    const sent = (name: string) =>
      world.server
        .messages()
        .flat()
        .filter((segment) => segment.id === name).length;
    const before = sent('HKIDN');
    expect(await collect(session.entries(id, recent))).toHaveLength(1);
    expect(await collect(session.entries(id, { from: '2026-01-20' }))).toHaveLength(1);
    expect([sent('HKCAZ'), sent('HKKAZ'), sent('HKIDN') - before]).toEqual([1, 2, logins - 1]);
  },
);

test('asks for nothing else where CAMT is refused for another reason, or there is no MT940', async () => {
  for (const [code, hides] of [
    [9210, 'none'],
    [9110, 'HIKAZS'],
  ] as const) {
    const { world, session, id } = await open({
      spoil: (segments, came) =>
        came.some((it) => it.id === 'HKCAZ')
          ? [{ id: 'HIRMG', version: 2, elements: [[code, '', 'Nein']] }]
          : segments.filter((it) => it.id !== hides),
    });
    await expect(collect(session.entries(id, { from: '2026-03-01' }))).rejects.toMatchObject({
      code: 'bank-unavailable',
    });
    expect(
      world.server
        .messages()
        .flat()
        .map((it) => it.id),
    ).not.toContain('HKKAZ');
    await session.close();
    await world.stop();
  }
  bank = undefined;
});

test('reads CAMT where MT940 was asked for (phpFinTS 553)', async () => {
  const camt = Buffer.from(
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.08">' +
      '<BkToCstmrAcctRpt><Rpt><Id>1</Id><Ntry><Amt Ccy="EUR">7.50</Amt><CdtDbtInd>DBIT</CdtDbtInd>' +
      '<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt></Ntry></Rpt></BkToCstmrAcctRpt></Document>',
  ).toString('latin1');
  const { session, id } = await open({
    statements: 'mt940',
    spoil: changing('HIKAZ', ({ about }) => [
      { id: 'HICAZ', version: 1, about, elements: ['', 'urn:camt', [{ binary: camt }]] },
    ]),
  });
  const [shown] = await collect(session.entries(id, recent));
  expect(shown).toMatchObject({ amount: euros(-750), bookingDate: '2026-03-02' });
});

test('does not take it for no entries where the bank tells neither any nor that there are none', async () => {
  const spoil: FinTsDress['spoil'] = (segments) =>
    segments.filter((segment) => !/^(HICAZ|HISAL)$/.test(segment.id));
  const { session, id } = await open({ spoil });
  await expect(collect(session.entries(id, recent))).rejects.toMatchObject({
    code: 'reply-unreadable',
  });
  expect(await session.balance(id)).toEqual({});
});
