import { describe, expect, test } from '@jest/globals';
import type { BerlinGroupBank } from '../../../../cloud/connectors/berlin-group/bank.ts';
import { type Answer, json, refusal } from './strange-bank.ts';
import { asked, askOf, authorisations, clara, created, link, valid } from './strange-consent.ts';

const png = 'iVBORw0KGgoAAAANSUhEUg==';

describe('the way to confirm that a bank offers', () => {
  const page = link('https://bank.example/page');
  const start = link(authorisations);
  const password = json(
    { scaStatus: 'received', authorisationId: 'A', _links: { scaStatus: start } },
    201,
  );

  test.each<[string, object, string | undefined, Partial<BerlinGroupBank>, string]>([
    ['its page', { scaRedirect: page }, undefined, {}, 'redirect'],
    ['its page, given as a bare text', { scaRedirect: page.href }, undefined, {}, 'redirect'],
    [
      'what it has fixed',
      { scaRedirect: page, startAuthorisation: start },
      'REDIRECT',
      { approach: 'decoupled' },
      'redirect',
    ],
    [
      'what it has fixed, otherwise',
      { scaRedirect: page, startAuthorisation: start },
      'DECOUPLED',
      {},
      'approval',
    ],
    [
      'what the settings prefer',
      { scaRedirect: page, startAuthorisation: start },
      undefined,
      { approach: 'decoupled' },
      'approval',
    ],
    [
      'its page where nothing is preferred',
      { scaRedirect: page, startAuthorisation: start },
      undefined,
      {},
      'redirect',
    ],
    [
      'its page, whatever is preferred',
      { scaRedirect: page },
      undefined,
      { approach: 'embedded' },
      'redirect',
    ],
    ['its page after a start', { startAuthorisation: start }, 'REDIRECT', {}, 'redirect'],
  ])('is %s', async (name, links, approach, settings, kind) => {
    const started = name.endsWith('start')
      ? json({ scaStatus: 'received', authorisationId: 'A', _links: { scaRedirect: page } }, 201)
      : password;
    const { confirmation } = await asked(
      {
        'POST /v1/consents': created(links, {}, approach),
        [`POST ${authorisations}`]: started,
      },
      { 'psu-id': 'clara' },
      settings,
    );
    expect(confirmation.kind).toBe(kind);
  });

  test('is nothing where the consent holds at once', async () => {
    const { step, requests } = await askOf({
      'POST /v1/consents': created({}, { consentStatus: 'valid' }),
      'GET /v1/consents/C1': valid,
    });
    expect(step).toMatchObject({ kind: 'granted', validUntil: '2026-06-01' });
    expect(requests).toHaveLength(2);
  });

  test('is a password only where it was typed, and its page else', async () => {
    const links = { startAuthorisationWithPsuAuthentication: start };
    const settings = { approach: 'embedded', scope: 'all' } as const;
    const without = askOf({ 'POST /v1/consents': created(links, {}, 'EMBEDDED') }, {}, settings);
    await expect(without).rejects.toMatchObject({ code: 'provider-not-configured' });
    const both = { ...links, scaRedirect: page };
    const { confirmation } = await asked(
      { 'POST /v1/consents': created(both, {}, 'EMBEDDED') },
      {},
    );
    expect(confirmation.kind).toBe('redirect');
  });

  test.each<[string, Answer]>([
    ['no link at all', created({})],
    ['a status alone', created({ scaStatus: start }, { scaStatus: 'received' })],
    ['no link, in an approach with a page', created({}, {}, 'REDIRECT')],
    ['an approval that nothing tells of', created({}, { psuMessage: 'Approve' }, 'DECOUPLED')],
    [
      'methods of which there is none',
      created({ selectAuthenticationMethod: start }, { scaMethods: [] }, 'EMBEDDED'),
    ],
    [
      'a start on another host',
      created({ startAuthorisation: link('http://192.0.2.1/') }, {}, 'EMBEDDED'),
    ],
    ['a page that is none', created({ scaRedirect: link('javascript:alert(1)') })],
    ['a page of another kind', created({ scaRedirect: link('ftp://127.0.0.1/') })],
    ['a page without a host', created({ scaRedirect: link('http://[') })],
    ['a start that leads to a start', created({ startAuthorisation: start }, {}, 'DECOUPLED')],
  ])('is not found with %s', async (_, answer) => {
    const next = json({ scaStatus: 'received', _links: { startAuthorisation: start } }, 201);
    const answers = { 'POST /v1/consents': answer, [`POST ${authorisations}`]: next };
    await expect(askOf(answers)).rejects.toMatchObject({ code: 'reply-unreadable' });
  });

  test('does not send the user anywhere when the bank has refused at once', async () => {
    const answers = { 'POST /v1/consents': created({}, { consentStatus: 'rejected' }) };
    await expect(askOf(answers)).rejects.toMatchObject({ code: 'confirmation-declined' });
  });
});

describe('what a bank asks of its user', () => {
  const self = link(`${authorisations}/A`);
  const codeAsked = {
    scaStatus: 'scaMethodSelected',
    chosenScaMethod: { authenticationType: 'CHIP_OTP', authenticationMethodId: 'm1' },
    challengeData: { data: ['12345678', '9,99'], otpMaxLength: 8, otpFormat: 'characters' },
    _links: { authoriseTransaction: self },
  };
  const embedded = { approach: 'embedded', scope: 'all' } as const;

  test('is read from an authorisation that was there from the start, with changed links', async () => {
    const { confirmation, requests, goOn } = await asked(
      {
        'POST /v1/consents': created(
          { updatePsuIdentification: self, scaStatus: self },
          {},
          'EMBEDDED',
        ),
        [`PUT ${authorisations}/A`]: [
          json({ scaStatus: 'psuIdentified', _links: { updatePsuAuthentication: self } }),
          json(codeAsked),
          json({ scaStatus: 'finalised' }),
        ],
        'GET /v1/consents/C1': valid,
      },
      clara,
      embedded,
    );
    expect(confirmation).toEqual({
      kind: 'code',
      prompt: '12345678\n9,99',
      format: 'text',
      length: 8,
    });
    const puts = requests.filter(({ method }) => method === 'PUT');
    expect(puts.map(({ body, headers }) => [body, headers['psu-id']])).toEqual([
      ['{}', 'clara'],
      ['{"psuData":{"password":"secret-pin"}}', 'clara'],
    ]);
    expect((await goOn({ kind: 'code', text: '4711' })).kind).toBe('granted');
    expect(requests.at(-2)?.body).toBe('{"scaAuthenticationData":"4711"}');
    expect(requests.at(-2)?.headers).not.toHaveProperty('psu-id');
  });

  test('is chosen by the standard’s types where the bank has no names', async () => {
    const scaMethods = ['SMS_OTP', 'CHIP_OTP', 'OWN_OTP'].map((authenticationType, index) => ({
      authenticationType,
      authenticationMethodId: `m${index}`,
    }));
    const links = { startAuthorisationWithAuthenticationMethodSelection: link(authorisations) };
    const { confirmation, goOn, requests } = await asked(
      {
        'POST /v1/consents': created(links, { scaMethods, psuMessage: 'Which?' }, 'EMBEDDED'),
        [`POST ${authorisations}`]: json({ ...codeAsked, authorisationId: 'A' }, 201),
      },
      clara,
      embedded,
    );
    expect(confirmation).toEqual({
      kind: 'method',
      prompt: 'Which?',
      methods: [
        { id: 'm0', name: 'SMS' },
        { id: 'm1', name: 'chipTAN' },
        { id: 'm2', name: 'OWN_OTP' },
      ],
    });
    expect(await goOn({ kind: 'method', id: 'm1' })).toMatchObject({
      confirmation: { kind: 'code' },
    });
    expect(requests.at(-1)).toMatchObject({
      method: 'POST',
      body: '{"authenticationMethodId":"m1"}',
    });
  });

  test.each<[string, object, object]>([
    ['a picture', { image: png }, { picture: { mimeType: 'image/png', content: png, alt: '' } }],
    [
      'a picture in its own dress',
      { image: `data:image/png;base64,${png}` },
      { picture: { mimeType: 'image/png', content: png, alt: '' } },
    ],
    ['no picture where it is none', { image: '<svg onload=alert(1)>' }, {}],
    ['no picture where it only begins like one', { image: `${png}"><b>` }, {}],
    ['one line', { data: 'Type 1', otpFormat: 'integer' }, { prompt: 'Type 1', format: 'digits' }],
    ['no length where it is none', { otpMaxLength: -1 }, {}],
  ])('is shown as %s', async (_, challengeData, shown) => {
    const told = { ...codeAsked, challengeData, _links: {} };
    const { confirmation } = await asked(
      {
        'POST /v1/consents': created(
          { updatePsuAuthentication: self, scaStatus: self },
          {},
          'EMBEDDED',
        ),
        [`PUT ${authorisations}/A`]: json({ ...told, _links: { scaStatus: self } }),
      },
      clara,
      embedded,
    );
    expect(confirmation).toEqual({ kind: 'code', prompt: 'chipTAN', format: 'text', ...shown });
  });

  test('is the code of the method that is chosen, though another could still be', async () => {
    const links = { selectAuthenticationMethod: self, authoriseTransaction: self };
    const scaMethods = ['m1', 'm2'].map((id) => ({
      authenticationType: 'SMS_OTP',
      authenticationMethodId: id,
    }));
    const ask = (told: object) =>
      asked(
        {
          'POST /v1/consents': created({ updatePsuAuthentication: self }, {}, 'EMBEDDED'),
          [`PUT ${authorisations}/A`]: json(told),
        },
        clara,
        embedded,
      );
    const chosen = await ask({ ...codeAsked, scaMethods, _links: links });
    expect(chosen.confirmation.kind).toBe('code');
    const { chosenScaMethod: _, ...open } = codeAsked;
    const unchosen = await ask({ ...open, scaMethods, _links: links });
    expect(unchosen.confirmation.kind).toBe('method');
    const unlisted = await ask({ ...open, _links: links });
    expect(unlisted.confirmation.kind).toBe('code');
  });

  test('has words of ours where the bank and its methods have none', async () => {
    const { confirmation, goOn } = await asked({
      'POST /v1/consents': created({ scaStatus: self }, {}, 'DECOUPLED'),
      [`GET ${authorisations}/A`]: [
        json({ scaStatus: 'started' }),
        json({ scaStatus: 'started', psuMessage: 'Look at your phone' }),
      ],
    });
    expect(confirmation).toMatchObject({ prompt: 'In the app of your bank' });
    const prompts = [await goOn({ kind: 'poll' }), await goOn({ kind: 'poll' })];
    expect(prompts).toMatchObject([
      { confirmation: { prompt: 'In the app of your bank' } },
      { confirmation: { prompt: 'Look at your phone' } },
    ]);
  });

  test('is over when the bank says that it has failed, and the consent says why', async () => {
    for (const [consentStatus, code] of [
      ['rejected', 'confirmation-declined'],
      ['received', 'confirmation-declined'],
      ['expired', 'confirmation-expired'],
    ]) {
      const { goOn } = await asked({
        'POST /v1/consents': created({ scaStatus: self }, { psuMessage: 'Approve' }, 'DECOUPLED'),
        [`GET ${authorisations}/A`]: json({ scaStatus: 'failed' }),
        'GET /v1/consents/C1/status': json({ consentStatus }),
      });
      await expect(goOn({ kind: 'poll' })).rejects.toMatchObject({ code });
    }
  });

  test.each<[Answer, string]>([
    [refusal(401, 'PSU_CREDENTIALS_INVALID'), 'code-rejected'],
    [refusal(400, 'SCA_INVALID'), 'code-rejected'],
    [refusal(409, 'STATUS_INVALID'), 'confirmation-expired'],
    [refusal(403, 'RESOURCE_EXPIRED'), 'confirmation-expired'],
    [refusal(403, 'CONSENT_UNKNOWN'), 'confirmation-expired'],
    [refusal(403, 'SERVICE_BLOCKED'), 'account-locked'],
    [refusal(429, 'ACCESS_EXCEEDED'), 'rate-limited'],
    [json({ scaStatus: 'failed' }), 'confirmation-declined'],
  ])('is judged by the code of the refusal (%#)', async (answer, code) => {
    const { goOn, requests } = await asked(
      {
        'POST /v1/consents': created(
          { updatePsuAuthentication: self, scaStatus: self },
          {},
          'EMBEDDED',
        ),
        [`PUT ${authorisations}/A`]: [json(codeAsked), answer],
        [`GET ${authorisations}/A`]: json({ scaStatus: 'started' }),
        'GET /v1/consents/C1/status': json({ consentStatus: 'received' }),
      },
      clara,
      embedded,
    );
    const error = await goOn({ kind: 'code', text: '4711' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'BankError', code });
    expect(`${error} ${JSON.stringify(error)}`).not.toMatch(/Erika|4711|secret-pin/);
    // Only of a wrong code is it unclear whether another may follow.
    const looks = requests.filter(({ url }) => url.endsWith('/authorisations/A'));
    expect(looks.filter(({ method }) => method === 'GET')).toHaveLength(isWrong(code));
  });
});

function isWrong(code: string): number {
  return code === 'code-rejected' ? 1 : 0;
}
