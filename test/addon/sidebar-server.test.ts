import { describe, expect, test } from '@jest/globals';
import { createServer, type ScriptRun } from '../../addon/sidebar/server.ts';
import { viewFailure } from '../../shared/failures.ts';
import { book, overview } from './sidebar-views.ts';

type Respond = (onSuccess: (value: unknown) => void, onFailure: (error: Error) => void) => void;

/** google.script.run, each call of which is answered by `respond`. */
function runWith(respond: Respond): ScriptRun {
  const runner = (
    onSuccess: (value: unknown) => void,
    onFailure: (error: Error) => void,
  ): ScriptRun => ({
    withSuccessHandler: (next) => runner(next, onFailure),
    withFailureHandler: (next) => runner(onSuccess, next),
    callCloud: () => respond(onSuccess, onFailure),
    readBook: () => respond(onSuccess, onFailure),
    readScreens: () => respond(onSuccess, onFailure),
    showRow: () => respond(onSuccess, onFailure),
    deliverRows: () => respond(onSuccess, onFailure),
    reviewDrafts: () => respond(onSuccess, onFailure),
    reviewRules: () => respond(onSuccess, onFailure),
    suggestAgain: () => respond(onSuccess, onFailure),
    addRule: () => respond(onSuccess, onFailure),
    acceptDrafts: () => respond(onSuccess, onFailure),
  });
  const none = () => undefined;
  return runner(none, none);
}

describe('a call of the sidebar', () => {
  test('gives what the script answers', async () => {
    const result = { ok: true, value: overview };
    const server = createServer(runWith((onSuccess) => onSuccess(result)));
    expect(await server.callCloud('overview', {})).toEqual(result);
    const reading = createServer(runWith((onSuccess) => onSuccess(book)));
    expect(await reading.readBook()).toEqual({ ok: true, value: book });
    const showing = createServer(runWith((onSuccess) => onSuccess(false)));
    expect(await showing.showRow('e1')).toEqual({ ok: true, value: false });
  });

  test.each([
    ['an overview', { ok: true, value: overview }, { ok: true, value: overview }],
    ['nothing, as there was nothing to write', null, { ok: true, value: null }],
  ] as const)('to deliver rows gives %s', async (_, answer, value) => {
    const server = createServer(runWith((onSuccess) => onSuccess(answer)));
    expect(await server.deliverRows()).toEqual(value);
  });

  test('is answered with the bare value, or as the cloud answers', async () => {
    const posted = { posted: 1, left: [] };
    const accepting = createServer(runWith((onSuccess) => onSuccess(posted)));
    expect(await accepting.acceptDrafts([])).toEqual({ ok: true, value: posted });
    const filling = createServer(runWith((onSuccess) => onSuccess({ ok: true, value: 12 })));
    expect(await filling.suggestAgain()).toEqual({ ok: true, value: 12 });
    const refusal = { ok: false, failure: viewFailure({ code: 'not-allowed' }) };
    const refusing = createServer(runWith((onSuccess) => onSuccess(refusal)));
    expect(await refusing.addRule(null)).toEqual(refusal);
  });

  test.each([
    ['NetworkError', 'cloud-unreachable'],
    ['ScriptError', 'internal'],
  ] as const)('that ends in a %s is the failure %s', async (name, code) => {
    const error = Object.assign(new Error('no text for users'), { name });
    const server = createServer(runWith((_, onFailure) => onFailure(error)));
    const failed = { ok: false, failure: viewFailure({ code }) };
    expect(await server.callCloud('overview', {})).toEqual(failed);
    expect(await server.readBook()).toEqual(failed);
    expect(await server.deliverRows()).toEqual(failed);
  });

  test('that nobody answers ends after a while', async () => {
    const server = createServer(
      runWith(() => undefined),
      20,
    );
    expect(await server.readBook()).toMatchObject({
      ok: false,
      failure: { code: 'cloud-unreachable' },
    });
  });
});
