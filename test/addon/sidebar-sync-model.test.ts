import { describe, expect, test } from '@jest/globals';
import { type Action, reduce } from '../../addon/sidebar/model.ts';
import {
  type Asked,
  canDeliver,
  isAsked,
  isSyncing,
  runToUndo,
} from '../../addon/sidebar/state.ts';
import { type FailureCode, viewFailure } from '../../shared/failures.ts';
import { at, came, loaded, resultAt, stateOf } from './sidebar-states.ts';
import { changePreview, connectionView, overview, rowView, runView } from './sidebar-views.ts';

describe('a preview', () => {
  const previewSync: Asked = { call: 'previewSync', args: { connectionId: 'c1' } };
  const applySync: Asked = { call: 'applySync', args: { previewId: 'c1~v1' } };
  const open: Action = {
    type: 'opened',
    screen: { name: 'preview', connectionId: 'c1', told: null },
  };
  const told: Action = { type: 'toldCame', asked: previewSync, told: changePreview() };
  const failed = (code: FailureCode): Action => ({
    type: 'failed',
    asked: applySync,
    failure: viewFailure({ code }),
  });

  test('is shown and read out when it comes', () => {
    const state = stateOf(...loaded(), open, told);
    expect(state.screen).toMatchObject({ name: 'preview', told: { newRows: 3 } });
    expect(state.said).toBe('3 new · 1 settled · 1 changed · 0 gone');
  });

  test('that comes after the user went elsewhere shows nothing', () => {
    const another: Action = {
      type: 'opened',
      screen: { name: 'preview', connectionId: 'c2', told: null },
    };
    for (const elsewhere of [{ type: 'opened', screen: { name: 'banks' } } as Action, another]) {
      const before = stateOf(...loaded(), open, elsewhere);
      expect(reduce(before, told).screen).toEqual(before.screen);
    }
  });

  test('that is done leads back to the banks with the result of the sync', () => {
    const doing = stateOf(...loaded(), open, told, { type: 'asked', asked: applySync });
    expect(doing.said).toBe('Sync of Sandbox Bank started.');
    const done = connectionView({ lastResult: resultAt(4) });
    const state = reduce(doing, came(at(5, done), applySync));
    expect(state.screen.name).toBe('banks');
    expect(isSyncing(state, done)).toBe(false);
    expect(state.said).toBe('Sandbox Bank: 3 new.');
  });

  test('that could not be done for a while can be done again as it is', () => {
    const doing = stateOf(...loaded(), open, told, { type: 'asked', asked: applySync });
    const state = reduce(doing, failed('cloud-unreachable'));
    expect(state.screen).toMatchObject({ told: { previewId: 'c1~v1' } });
    expect(state.trouble?.asked).toEqual(applySync);
    expect(isSyncing(state, connectionView())).toBe(false);
  });

  test.each(['not-found', 'bad-request'] as const)(
    'that is no longer what would happen (%s) is asked for anew',
    (code) => {
      const doing = stateOf(...loaded(), open, told, { type: 'asked', asked: applySync });
      const state = reduce(doing, failed(code));
      expect(state.screen).toEqual({ name: 'preview', connectionId: 'c1', told: null });
      expect(state.trouble?.asked).toEqual(previewSync);
    },
  );
});

describe('an undo', () => {
  const undoRun = (preview: boolean): Asked => ({
    call: 'undoRun',
    args: { runId: 'r1', preview },
  });
  const open: Action = {
    type: 'opened',
    screen: { name: 'undo', run: runView(), told: null, isDone: false },
  };
  const told = (preview: boolean): Action => ({
    type: 'toldCame',
    asked: undoRun(preview),
    told: { removed: 14, stays: [rowView()] },
  });

  test('tells what it would do before it is done, and then what it did', () => {
    const asked = stateOf(...loaded(), open, told(true));
    expect(asked.screen).toMatchObject({ told: { removed: 14 }, isDone: false });
    expect(asked.said).toBe('Takes 14 rows away. 1 posted row stays:');
    const done = reduce(asked, told(false));
    expect(done.screen).toMatchObject({ told: { removed: 14 }, isDone: true });
    expect(done.said).toBe('14 rows taken away. 1 posted row stays:');
  });

  test('that is done is offered no more, wherever the user is by then', () => {
    for (const screen of [open, { type: 'opened', screen: { name: 'banks' } } as const]) {
      const asked = stateOf(...loaded(), screen, told(true));
      expect(runToUndo(asked, connectionView())).toEqual(runView());
      expect(runToUndo(reduce(asked, told(false)), connectionView())).toBeUndefined();
    }
  });
});

describe('rows that the cloud may not write', () => {
  const delivering: Asked = { call: 'deliverRows' };
  const sheetFailure = viewFailure({ code: 'sheet-not-writable' });

  test('are written by the add-on where the sheet is not shared, and only there', () => {
    expect(canDeliver({ ...overview, waitingRows: 3, sheetFailure })).toBe(true);
    expect(canDeliver({ ...overview, waitingRows: 0, sheetFailure })).toBe(false);
    expect(canDeliver({ ...overview, waitingRows: 3 })).toBe(false);
    const away = viewFailure({ code: 'sheet-unavailable' });
    expect(canDeliver({ ...overview, waitingRows: 3, sheetFailure: away })).toBe(false);
  });

  test('that the add-on cannot write either are told of as before', () => {
    const state = stateOf(
      ...loaded(),
      { type: 'asked', asked: delivering },
      { type: 'failed', asked: delivering, failure: viewFailure({ code: 'internal' }) },
    );
    expect(state.trouble).toBeNull();
    expect(isAsked(state, delivering)).toBe(false);
  });
});

test('an account that was unclear is synced once the user has said which it is', () => {
  const args = { connectionId: 'c1', accountKey: 'giro', externalId: 'x1' };
  const state = stateOf(...loaded(), came(at(1), { call: 'identifyAccount', args }));
  expect(isSyncing(state, connectionView())).toBe(true);
  expect(state.said).toBe('Saved. A sync starts by itself.');
});
