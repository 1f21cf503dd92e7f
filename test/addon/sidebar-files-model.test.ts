import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type ChosenFile,
  canTryAgain,
  countNew,
  isOverlapping,
  isReady,
} from '../../addon/sidebar/chosen-files.ts';
import { type Action, type Look, reduce } from '../../addon/sidebar/model.ts';
import { pollDelayMs } from '../../addon/sidebar/next-poll.ts';
import { nextOfFiles, reduceFiles } from '../../addon/sidebar/reduce-files.ts';
import { type Asked, initialState, type SidebarState } from '../../addon/sidebar/state.ts';
import { type FailureCode, viewFailure } from '../../shared/failures.ts';
import { openFilesMax } from '../../shared/file-limits.ts';
import type { FilePreview, FileQuestion, ImportView } from '../../shared/statement-files.ts';
import {
  asking,
  dayOrMonth,
  fileAccount,
  fileChange,
  filePreview,
  importView,
  undecided,
} from './sidebar-files.ts';
import { at, came, loaded, poll } from './sidebar-states.ts';
import { overview } from './sidebar-views.ts';

function step(state: SidebarState, action: Action): SidebarState {
  return reduceFiles(state, reduce(state, action), action);
}

function stateAfter(...actions: readonly Action[]): SidebarState {
  return actions.reduce(step, initialState);
}

const look = (change: Look): Action => ({ type: 'looked', change });
const choose = (...ids: readonly string[]) =>
  look({ chosen: ids.map((id) => ({ id, name: `${id}.csv`, bytes: 1000 })) });
const click = (fileId: string, it: Extract<Look, { click: unknown }>['click']) =>
  look({ fileId, click: it });
const failed = (asked: Asked, code: FailureCode): Action => ({
  type: 'failed',
  asked,
  failure: viewFailure({ code }),
});

/** What answers the call: each file in that many parts, read as told. */
function answerTo(asked: Asked, parts = 1, preview: FilePreview = filePreview()): Action {
  if (asked.call === 'packFile') return { type: 'packed', asked, parts };
  if (asked.call === 'previewFile') return { type: 'previewCame', asked, preview };
  if (asked.call === 'importFile') return imports(asked, importView({ fileId: asked.args.fileId }));
  return { type: 'done', asked };
}

function imports(asked: Asked, ...views: readonly ImportView[]): Action {
  return came({ ...at(1), imports: views }, asked);
}

/** Makes each call that is to be made, until there is none or `stop` names it. */
function run(
  state: SidebarState,
  answer: (asked: Asked) => Action = answerTo,
  calls: Asked[] = [],
): SidebarState {
  let now = state;
  for (let asked = nextOfFiles(now); asked; asked = nextOfFiles(now)) {
    calls.push(asked);
    now = step(step(now, { type: 'asked', asked }), answer(asked));
  }
  return now;
}

function fileOf(state: SidebarState, id = 'f1'): ChosenFile {
  const file = state.files.find((it) => it.id === id);
  if (!file) throw new Error('there is no such file');
  return file;
}

const told = (calls: readonly Asked[]) =>
  calls.map((asked) => `${asked.call} ${asked.call === 'putFile' ? asked.args.part : ''}`.trim());

/** The file f1, read with that preview. */
function readAs(preview: FilePreview): SidebarState {
  return run(stateAfter(...loaded(), choose('f1')), (asked) => answerTo(asked, 1, preview));
}

describe('a file', () => {
  test('is sent part by part and read, wherever the user looks', () => {
    const calls: Asked[] = [];
    const chosen = stateAfter(...loaded(), choose('f1'));
    const away = step(chosen, { type: 'opened', screen: { name: 'banks' } });
    const state = run(away, (asked) => answerTo(asked, 3), calls);
    expect(told(calls)).toEqual(['packFile', 'putFile 0', 'putFile 1', 'putFile 2', 'previewFile']);
    expect(calls[2]).toMatchObject({ args: { fileId: 'f1', name: 'f1.csv', part: 1, parts: 3 } });
    expect(isReady(fileOf(state))).toBe(true);
    expect(state.said).toBe('f1.csv: 214 entries to import.');
  });

  test.each([
    [20_000_001, 'f1.csv: It is larger than 20 MB. Download a shorter period'],
    [0, 'f1.csv: It is empty.'],
  ])('of %i bytes is refused at once, and nothing is sent', (bytes, said) => {
    const state = stateAfter(look({ chosen: [{ id: 'f1', name: 'f1.csv', bytes }] }));
    expect(nextOfFiles(state)).toBeNull();
    expect(state.said).toContain(said);
    expect(step(state, click('f1', { isRemoved: true })).files).toEqual([]);
  });

  test('goes on with the part that failed, and no other failure shows of it', () => {
    const calls: Asked[] = [];
    const isPartTwo = (asked: Asked) => asked.call === 'putFile' && asked.args.part === 1;
    const state = run(stateAfter(choose('f1')), (asked) =>
      isPartTwo(asked) ? failed(asked, 'cloud-unreachable') : answerTo(asked, 3),
    );
    expect(state.trouble).toBeNull();
    expect(state.said).toContain('f1.csv: Bookfeed could not be reached.');
    const again = step(state, click('f1', { isTriedAgain: true }));
    run(again, (asked) => answerTo(asked, 3), calls);
    expect(told(calls)).toEqual(['putFile 1', 'putFile 2', 'previewFile']);
  });

  test.each(['not-found', 'bad-request'] as const)(
    'of which the cloud has not all (%s) is sent anew, with what the user has said of it',
    (code) => {
      const read = step(readAs(filePreview()), click('f1', { isFromStart: true }));
      const lost = run(read, (asked) => failed(asked, code));
      const calls: Asked[] = [];
      run(step(lost, click('f1', { isTriedAgain: true })), answerTo, calls);
      expect(told(calls)).toEqual(['packFile', 'putFile 0', 'previewFile']);
      expect(calls.at(-1)).toMatchObject({ args: { choices: { isFromStart: true } } });
    },
  );

  test('that is removed is dropped at the cloud as soon as what is under way has ended', () => {
    const sending = run(stateAfter(choose('f1')), (asked) =>
      asked.call === 'putFile' ? { type: 'tabOpened' } : answerTo(asked),
    );
    const [asked] = sending.asked;
    const removed = step(sending, click('f1', { isRemoved: true }));
    expect(nextOfFiles(removed)).toBeNull();
    const ended = step(removed, { type: 'done', asked: asked as Asked });
    expect(nextOfFiles(ended)).toEqual({ call: 'dropFile', args: { fileId: 'f1' } });
    expect(fileOf(run(ended)).step.name).toBe('removed');
  });

  test('is read again with what the user has changed while it was read', () => {
    const reading = run(stateAfter(choose('f1')), (asked) =>
      asked.call === 'previewFile' ? { type: 'tabOpened' } : answerTo(asked),
    );
    const [asked] = reading.asked;
    const changed = step(reading, click('f1', { isFromStart: true }));
    const state = step(changed, answerTo(asked as Asked));
    expect(fileOf(state).preview).toBeNull();
    expect(nextOfFiles(state)).toMatchObject({ args: { choices: { isFromStart: true } } });
  });

  test('with a longer name than the cloud takes is known by its end', () => {
    const name = `${'x'.repeat(300)}.csv`;
    const [asked] = [nextOfFiles(stateAfter(look({ chosen: [{ id: 'f1', name, bytes: 1 }] })))];
    const state = step(stateAfter(look({ chosen: [{ id: 'f1', name, bytes: 1 }] })), {
      type: 'packed',
      asked: asked as Asked,
      parts: 1,
    });
    expect(nextOfFiles(state)).toMatchObject({ args: { name: name.slice(-200) } });
  });

  test('on its way leaves told what failed before', () => {
    const trouble = failed({ call: 'syncNow', args: {} }, 'internal');
    const state = stateAfter(...loaded(), choose('f1'), trouble);
    expect(run(state).trouble).not.toBeNull();
  });

  test.each([
    ['cloud-unreachable', true],
    ['not-found', true],
    ['bad-request', true],
    ['file-unreadable', false],
    ['not-allowed', false],
  ] as const)('that failed with %s can be tried again: %s', (code, expected) => {
    const state = run(stateAfter(choose('f1')), (asked) => failed(asked, code));
    expect(canTryAgain(fileOf(state))).toBe(expected);
  });

  test('beyond those that may be open waits until one is over', () => {
    const ids = Array.from({ length: openFilesMax + 1 }, (_, index) => `f${index + 1}`);
    const state = run(stateAfter(choose(...ids)));
    expect(state.files.filter(isReady)).toHaveLength(openFilesMax);
    expect(fileOf(state, 'f13').step.name).toBe('packing');
    const free = run(step(state, click('f1', { isRemoved: true })));
    expect(isReady(fileOf(free, 'f13'))).toBe(true);
  });

  test('comes whole and in order, whatever fails, and none stops the others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.boolean(), { maxLength: 20 }),
        (parts, fails) => {
          const ids = parts.map((_, index) => `f${index}`);
          const got = new Map<string, number[]>(ids.map((id) => [id, []]));
          const failing = [...fails];
          const answer = (asked: Asked): Action => {
            if (failing.shift()) return failed(asked, 'cloud-unreachable');
            if (asked.call === 'putFile') got.get(asked.args.fileId)?.push(asked.args.part);
            const id = 'args' in asked && 'fileId' in asked.args ? asked.args.fileId : '';
            return answerTo(asked, parts[ids.indexOf(id)]);
          };
          let state = run(stateAfter(choose(...ids)), answer);
          for (let tries = 0; !state.files.every(isReady); tries++) {
            expect(tries).toBeLessThanOrEqual(fails.length);
            for (const { id, failure } of state.files)
              if (failure) state = step(state, click(id, { isTriedAgain: true }));
            state = run(state, answer);
          }
          expect([...got.values()]).toEqual(parts.map((count) => [...Array(count).keys()]));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a question', () => {
  const dayFirst = { question: dayOrMonth, option: 'day-first' };
  const answer = [click('f1', { asking: dayFirst }), click('f1', { isAnswered: true })];
  const byAnswer = (asked: Asked): Action =>
    answerTo(
      asked,
      1,
      asked.call === 'previewFile' && asked.args.choices.answers['date-order']
        ? filePreview()
        : asking(),
    );

  test('is answered by the option that is chosen, and by none before', () => {
    const asked = readAs(asking());
    expect(asked.said).toBe('f1.csv: Does the day or the month stand first in its dates?');
    expect(nextOfFiles(step(asked, click('f1', { isAnswered: true })))).toBeNull();
    const answered = answer.reduce(step, asked);
    expect(nextOfFiles(answered)).toMatchObject({
      args: { choices: { answers: { 'date-order': 'day-first' } } },
    });
    expect(isReady(fileOf(run(answered, byAnswer)))).toBe(true);
  });

  test('is asked once for all files that are laid out alike, also those that come later', () => {
    const asked = run(stateAfter(choose('f1', 'f2')), byAnswer);
    const answered = run(answer.reduce(step, asked), byAnswer);
    expect(answered.files.map(isReady)).toEqual([true, true]);
    const later = run(step(answered, choose('f3')), byAnswer);
    expect(isReady(fileOf(later, 'f3'))).toBe(true);
  });

  test('of files that are laid out otherwise is asked of each', () => {
    const other: FileQuestion = { ...dayOrMonth, layout: 'l2' };
    const asked = run(stateAfter(choose('f1', 'f2')), (it) => {
      const isSecond = it.call === 'previewFile' && it.args.fileId === 'f2';
      return isSecond ? answerTo(it, 1, asking(other)) : byAnswer(it);
    });
    const answered = run(answer.reduce(step, asked), byAnswer);
    expect(answered.files.map(isReady)).toEqual([true, false]);
    expect(fileOf(answered, 'f2').asking).toEqual({ question: other, option: null });
  });

  test('whose answer has not helped is asked again, with the answer that was given', () => {
    const state = run(answer.reduce(step, readAs(asking())), (it) => answerTo(it, 1, asking()));
    expect(fileOf(state)).toMatchObject({ step: { name: 'read' }, asking: dayFirst });
  });

  test('that was answered last time can be opened again and left as it is', () => {
    const remembered = [{ question: dayOrMonth, answer: 'day-first' }];
    const read = readAs(filePreview([fileAccount()], { remembered }));
    const opened = step(read, click('f1', { asking: dayFirst }));
    expect(isReady(fileOf(opened))).toBe(false);
    expect(isReady(fileOf(step(opened, click('f1', { asking: null }))))).toBe(true);
  });
});

describe('an account of a file', () => {
  const cash = { bookAccount: { path: 'Assets:Cash', type: 'asset' } } as const;
  const withForm = click('f1', { accountKey: 'a1', form: { search: 'ca' } });

  test('that nothing tells waits for its user, who says where it goes', () => {
    const asked = readAs(filePreview([undecided()]));
    expect(asked.said).toBe('f1.csv: Choose where its entries go.');
    const typed = step(
      step(asked, withForm),
      click('f1', { accountKey: 'a1', form: { path: 'x' } }),
    );
    expect(fileOf(typed).forms).toEqual({ a1: { search: 'ca', path: 'x' } });
    const decided = step(typed, click('f1', { accountKey: 'a1', target: cash }));
    expect(nextOfFiles(decided)).toMatchObject({ args: { choices: { targets: { a1: cash } } } });
    const read = run(decided);
    expect(fileOf(read).forms).toEqual({});
    expect(isReady(fileOf(read))).toBe(true);
  });

  test('keeps what is chosen for another one of the file meanwhile', () => {
    const two = filePreview([undecided(), undecided({ key: 'a2' })]);
    const typed = step(readAs(two), withForm);
    const decided = step(typed, click('f1', { accountKey: 'a2', target: cash }));
    const one = filePreview([undecided(), fileAccount({ key: 'a2' })]);
    expect(fileOf(run(decided, (it) => answerTo(it, 1, one))).forms).toEqual({
      a1: { search: 'ca' },
    });
  });

  test.each([
    ['that has its name goes where the user said of another file', 'DE1', 'EUR', true],
    ['of another name is asked for', 'DE2', 'EUR', false],
    ['of another currency is asked for', 'DE1', 'USD', false],
    ['without a name is asked for', '', 'EUR', false],
  ])('%s', (_, name, currency, expected) => {
    const [first, second] = ['DE1', name].map((of) => undecided({ name: name && of }));
    const open = [first, { ...second, currency }].map((it) =>
      filePreview([{ ...undecided(), ...it }]),
    );
    const asked = run(stateAfter(...loaded(), choose('f1', 'f2')), (it) =>
      answerTo(it, 1, open[it.call === 'previewFile' && it.args.fileId === 'f2' ? 1 : 0]),
    );
    const calls: Asked[] = [];
    const byUser = fileAccount({ name: name && 'DE1', target: cash, targetBy: 'user' });
    const decided = step(asked, click('f1', { accountKey: 'a1', target: cash }));
    run(decided, (it) => answerTo(it, 1, filePreview([byUser])), calls);
    expect(calls.map((it) => it.call === 'previewFile' && it.args.fileId)).toEqual(
      expected ? ['f1', 'f2'] : ['f1'],
    );
  });

  const failure = viewFailure({ code: 'file-unreadable' });
  const nothing = fileChange({ newRows: 0, rows: [], known: 245 });
  test.each([
    ['found', [fileAccount()], true],
    ['beside one that is undecided', [fileAccount(), undecided({ key: 'a2' })], false],
    ['beside one without entries', [fileAccount(), undecided({ key: 'a2', entries: 0 })], true],
    ['that cannot go there', [undecided({ failure })], false],
    ['that could, but for a reason, go there', [fileAccount({ failure })], false],
    ['with nothing new', [fileAccount({ change: nothing })], false],
    ['with a change alone', [fileAccount({ change: { ...nothing, changed: 1 } })], true],
  ])('%s: whether the file can be imported', (_, accounts, expected) => {
    expect(isReady(fileOf(readAs(filePreview(accounts))))).toBe(expected);
  });

  test('that is not imported leaves the others', () => {
    const two = filePreview([fileAccount(), undecided({ key: 'a2' })]);
    const left = step(readAs(two), click('f1', { accountKey: 'a2', target: null }));
    const state = run(left, (asked) => answerTo(asked, 1, two));
    expect(isReady(fileOf(state))).toBe(true);
    expect(countNew(state.files)).toBe(214);
  });

  test('is being chosen anew: the file waits, until that is left', () => {
    const changing = step(readAs(filePreview()), withForm);
    expect(isReady(fileOf(changing))).toBe(false);
    const left = step(changing, click('f1', { accountKey: 'a1', form: null }));
    expect(isReady(fileOf(left))).toBe(true);
  });
});

describe('an import', () => {
  const done = importView({ state: 'done', runId: 'r9', newRows: 214 });
  const lost = importView({ state: 'failed', failure: viewFailure({ code: 'internal' }) });
  const importing = run(step(readAs(filePreview()), look({ imported: ['f1'] })));

  test('shows how far it is until it is over, and polls often', () => {
    expect(fileOf(importing)).toMatchObject({ step: { name: 'importing' } });
    expect(pollDelayMs(importing)).toBe(1000);
    const progress = { done: 100, total: 245 };
    const further = step(importing, imports(poll, importView({ progress })));
    expect(fileOf(further).import).toMatchObject({ progress });
    const over = step(further, imports(poll, done));
    expect(fileOf(over)).toMatchObject({ step: { name: 'over' }, import: { runId: 'r9' } });
    expect(over.said).toBe('f1.csv: 214 new.');
    expect(pollDelayMs(over)).toBe(20_000);
    const { said } = step({ ...over, said: 'else' }, imports(poll, done));
    expect(said).toBe('else');
  });

  test('says of accounts without entries that they go nowhere', () => {
    const none = undecided({ key: 'a2', entries: 0 });
    const read = readAs(filePreview([fileAccount(), none]));
    expect(nextOfFiles(step(read, look({ imported: ['f1'] })))).toMatchObject({
      args: { choices: { targets: { a2: null } } },
    });
  });

  test('that failed is tried again, and its old failure counts no more', () => {
    const stopped = step(importing, imports(poll, lost));
    expect(fileOf(stopped).failure).toEqual(lost.failure);
    const again = step(stopped, click('f1', { isTriedAgain: true }));
    const asked = nextOfFiles(again);
    expect(asked?.call).toBe('importFile');
    const polled = step(again, imports(poll, lost));
    expect(fileOf(polled).failure).toBeNull();
    expect(fileOf(run(polled)).step.name).toBe('importing');
  });

  test('whose start was not answered is seen to be under way', () => {
    const start = step(readAs(filePreview()), look({ imported: ['f1'] }));
    const state = run(start, (asked) => failed(asked, 'cloud-unreachable'));
    expect(fileOf(state).failure).not.toBeNull();
    const seen = step(state, imports(poll, importView()));
    expect(fileOf(seen)).toMatchObject({ step: { name: 'importing' }, failure: null });
  });

  test('may tell where the entries of another file go: that is read again', () => {
    const both = run(step(importing, choose('f2')), (asked) =>
      answerTo(asked, 1, filePreview([undecided()])),
    );
    const over = step(both, imports(poll, done));
    expect(nextOfFiles(over)).toMatchObject({ call: 'previewFile', args: { fileId: 'f2' } });
    const still = run(over, (asked) => answerTo(asked, 1, filePreview([undecided()])));
    expect(nextOfFiles(step(still, imports(poll, done)))).toBeNull();
    const busy = step(both, click('f2', { accountKey: 'a1', form: {} }));
    expect(nextOfFiles(step(busy, imports(poll, done)))).toBeNull();
  });

  test('that is undone says so, and no other', () => {
    const over = step(importing, imports(poll, done));
    const undo = (runId: string, preview: boolean): Action => ({
      type: 'toldCame',
      asked: { call: 'undoRun', args: { runId, preview } },
      told: { removed: 214, stays: [] },
    });
    for (const [action, name] of [
      [undo('r9', true), 'over'],
      [undo('r8', false), 'over'],
      [undo('r9', false), 'undone'],
    ] as const)
      expect(fileOf(step(over, action)).step.name).toBe(name);
  });

  test('of somebody else’s sidebar is polled for often, too', () => {
    const state = stateAfter(...loaded({ ...overview, imports: [importView()] }));
    expect(pollDelayMs(state)).toBe(1000);
  });
});

test('files of which one tells days of the other bring up to as many entries as they have', () => {
  const chosen = (from: string, to: string, path = 'Assets:Giro') => {
    const target = { bookAccount: { path, type: 'asset' } } as const;
    const preview = filePreview([fileAccount({ period: { from, to }, target })]);
    return { preview } as ChosenFile;
  };
  const january = chosen('2026-01-01', '2026-01-31');
  expect(isOverlapping([january, chosen('2026-01-31', '2026-02-28')])).toBe(true);
  expect(isOverlapping([january, chosen('2026-02-01', '2026-02-28')])).toBe(false);
  expect(isOverlapping([january, chosen('2026-01-01', '2026-01-31', 'Assets:Cash')])).toBe(false);
  const nowhere = { preview: filePreview([undecided()]) } as ChosenFile;
  expect(isOverlapping([nowhere, nowhere])).toBe(false);
});
