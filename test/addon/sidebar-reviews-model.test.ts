import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { saveSettings } from '../../addon/sidebar/describe-settings.ts';
import { type Action, reduce } from '../../addon/sidebar/model.ts';
import { countWaiting, shownDrafts, sureDrafts } from '../../addon/sidebar/reduce-drafts.ts';
import { nextCall, reduceReviews } from '../../addon/sidebar/reduce-reviews.ts';
import {
  type DraftsScreen,
  openedDrafts,
  openedRules,
  type RulesScreen,
} from '../../addon/sidebar/review-screens.ts';
import { type Asked, initialState, type SidebarState } from '../../addon/sidebar/state.ts';
import { viewFailure } from '../../shared/failures.ts';
import type { AcceptedDraft, DraftReview, DraftView } from '../../shared/suggestions.ts';
import { draftReview, draftView, proposalView, rulesReview } from './sidebar-reviews.ts';
import { loaded } from './sidebar-states.ts';
import { overview, runView } from './sidebar-views.ts';

function step(state: SidebarState, action: Action): SidebarState {
  return reduceReviews(state, reduce(state, action), action);
}

function stateAfter(...actions: readonly Action[]): SidebarState {
  return actions.reduce(step, initialState);
}

const review: Asked = { call: 'reviewDrafts' };
const failure = viewFailure({ code: 'internal' });
const ask = (asked: Asked): Action => ({ type: 'asked', asked });
const came = (answer: DraftReview): Action => ({ type: 'reviewCame', asked: review, answer });
const opened: Action = { type: 'opened', screen: openedDrafts };

const sure = draftView();
const likely = draftView({
  id: 'd2',
  certainty: 'likely',
  candidates: [{ counterAccount: 'Expenses:Food', probability: 0.7 }],
});
const unknown = draftView({ id: 'd3', certainty: 'none', counterAccount: '', candidates: [] });
const accepted = ({ id }: DraftView): AcceptedDraft => ({
  id,
  counterAccount: 'Expenses:Food',
  stood: 'Expenses:Food',
});
const accept = (...drafts: readonly DraftView[]): Action => ({
  type: 'looked',
  change: { accept: drafts.map(accepted) },
});
const posting = (...drafts: readonly DraftView[]): Asked => ({
  call: 'acceptDrafts',
  drafts: drafts.map(accepted),
});
const posted = (asked: Asked, count: number, left: readonly string[] = []): Action => ({
  type: 'reviewCame',
  asked,
  answer: { posted: count, left },
});
const reviewed = (...drafts: readonly DraftView[]) => [
  ...loaded(),
  opened,
  ask(review),
  came(draftReview(drafts)),
];

function screenOf(state: SidebarState): DraftsScreen {
  if (state.screen.name !== 'drafts') throw new Error('the drafts are not open');
  return state.screen;
}

function shown(state: SidebarState): string[] {
  return shownDrafts(screenOf(state)).map(({ id }) => id);
}

describe('drafts', () => {
  test('are asked for as they are opened, once', () => {
    const state = stateAfter(...loaded(), opened);
    expect(nextCall(state)).toEqual(review);
    expect(nextCall(step(state, ask(review)))).toBeNull();
    expect(nextCall(stateAfter(...reviewed(sure)))).toBeNull();
  });

  test('go at once when they are accepted, and the rest is asked for anew after the answer', () => {
    const state = stateAfter(...reviewed(sure, likely), accept(sure));
    expect(shown(state)).toEqual(['d2']);
    expect(sureDrafts(screenOf(state))).toEqual([]);
    expect(countWaiting(screenOf(state))).toBe(1);
    const asked = posting(sure);
    expect(nextCall(state)).toEqual(asked);
    const under = step(state, ask(asked));
    expect(nextCall(under)).toBeNull();
    const done = step(under, posted(asked, 1));
    expect(nextCall(done)).toEqual(review);
    expect(screenOf(done).outcome).toBe('1 posted.');
    expect(done.said).toBe('1 posted.');
  });

  test('that are accepted while others are being posted wait for one call of all of them', () => {
    const first = posting(sure);
    const state = stateAfter(...reviewed(sure, likely, unknown), accept(sure), ask(first));
    const more = [accept(likely), accept(unknown)].reduce(step, state);
    expect(nextCall(more)).toBeNull();
    expect(nextCall(step(more, posted(first, 1)))).toEqual(posting(likely, unknown));
  });

  test('that were posted and are drafts again show with the first review asked for after it', () => {
    const asked = posting(sure);
    const before = stateAfter(...reviewed(sure, likely), accept(sure), ask(asked));
    const late = [ask(review), posted(asked, 1), came(draftReview([sure, likely]))];
    const state = late.reduce(step, before);
    expect(shown(state)).toEqual(['d2']);
    expect(countWaiting(screenOf(state))).toBe(1);
    const again = [ask(review), came(draftReview([sure, likely]))].reduce(step, state);
    expect(shown(again)).toEqual(['d1', 'd2']);
    expect(countWaiting(screenOf(again))).toBe(2);
  });

  test('that were changed meanwhile are there again, and that is told', () => {
    const asked = posting(sure, likely);
    const state = stateAfter(
      ...reviewed(sure, likely),
      accept(sure, likely),
      ask(asked),
      posted(asked, 1, ['d2']),
    );
    expect(shown(state)).toEqual(['d2']);
    expect(state.said).toBe('1 posted. 1 was changed meanwhile and stays.');
  });

  test('that could not be posted are there again, with those that waited, and all are tried again', () => {
    const asked = posting(sure);
    const state = stateAfter(...reviewed(sure, likely), accept(sure), ask(asked), accept(likely), {
      type: 'failed',
      asked,
      failure,
    });
    expect(shown(state)).toEqual(['d1', 'd2']);
    expect(state.trouble?.asked).toEqual(posting(sure, likely));
    expect(nextCall(state)).toEqual(review);
    const again = step(state, ask(posting(sure, likely)));
    expect(shown(again)).toEqual([]);
    expect(again.trouble).toBeNull();
  });

  test('are asked for anew when a sync brings rows, and what failed before stays told', () => {
    const news = { ...overview, now: '2026-03-10T12:00:20.000Z', runs: [runView({ id: 'r2' })] };
    const poll: Asked = { call: 'overview' };
    const state = stateAfter(...reviewed(sure));
    expect(nextCall(step(state, { type: 'overviewCame', asked: poll, overview }))).toBeNull();
    const stale = step(state, { type: 'overviewCame', asked: poll, overview: news });
    expect(nextCall(stale)).toEqual(review);
    const showing: Asked = { call: 'showRow', id: 'd1' };
    const troubled = step(stale, { type: 'failed', asked: showing, failure });
    expect(step(troubled, ask(review)).trouble?.asked).toEqual(showing);
    const failed = step(troubled, { type: 'failed', asked: review, failure });
    expect(failed.trouble?.asked).toEqual(showing);
  });

  test('keep their places in the order of certainty when the rest is suggested anew', () => {
    const order: Action = { type: 'looked', change: { isSurestFirst: true } };
    const state = stateAfter(...reviewed(unknown, likely, sure), order);
    expect(shown(state)).toEqual(['d1', 'd2', 'd3']);
    const better = { ...unknown, certainty: 'sure' as const, candidates: sure.candidates };
    const fresh = draftView({ id: 'd4' });
    const anew = step(state, came(draftReview([fresh, better, likely, sure])));
    expect(shown(anew)).toEqual(['d1', 'd2', 'd3', 'd4']);
    const newest = step(anew, { type: 'looked', change: { isSurestFirst: false } });
    expect(shown(newest)).toEqual(['d4', 'd3', 'd2', 'd1']);
  });

  test('of the user’s own choice are the surest', () => {
    const chosen = draftView({ id: 'd5', isChosen: true, certainty: 'none', candidates: [] });
    const order: Action = { type: 'looked', change: { isSurestFirst: true } };
    expect(shown(stateAfter(...reviewed(unknown, sure, chosen), order))).toEqual([
      'd5',
      'd1',
      'd3',
    ]);
  });

  test('once accepted never show again, however clicks and answers come, and nothing is posted twice', () => {
    const drafts = Array.from({ length: 6 }, (_, at) => draftView({ id: `d${at}` }));
    const click = fc.record({ kind: fc.constant('accept' as const), at: fc.nat(5) });
    const answer = fc.record({ kind: fc.constantFrom('answer' as const, 'answerLast' as const) });
    fc.assert(
      fc.property(fc.array(fc.oneof(click, answer), { maxLength: 30 }), (events) => {
        const book = new Set(drafts.map(({ id }) => id));
        const clicked = new Set<string>();
        const calls: { readonly asked: Asked; readonly answer: Action }[] = [];
        let state = stateAfter(...reviewed(...drafts));
        const act = (action: Action) => {
          state = step(state, action);
          for (let asked = nextCall(state); asked; asked = nextCall(state)) {
            state = step(state, ask(asked));
            calls.push({ asked, answer: answerTo(asked) });
          }
          for (const id of shown(state)) expect(clicked).not.toContain(id);
        };
        const answerTo = (asked: Asked): Action => {
          if (asked.call !== 'acceptDrafts')
            return came(draftReview(drafts.filter(({ id }) => book.has(id))));
          // What is posted twice would be found changed, and told to the user.
          for (const { id } of asked.drafts) expect(book.delete(id)).toBe(true);
          return posted(asked, asked.drafts.length);
        };
        for (const event of [...events, ...events.map(() => ({ kind: 'answer' as const }))]) {
          const call = event.kind === 'answer' ? calls.shift() : undefined;
          const last = event.kind === 'answerLast' ? calls.pop() : undefined;
          const answered = call ?? last;
          if (answered) act(answered.answer);
          if (event.kind !== 'accept') continue;
          const draft = shownDrafts(screenOf(state))[event.at];
          if (!draft) continue;
          clicked.add(draft.id);
          act(accept(draft));
        }
        while (calls.length > 0) act((calls.shift() as (typeof calls)[number]).answer);
        expect(shown(state)).toEqual([...book]);
        expect([...book].some((id) => clicked.has(id))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('suggestions and rules', () => {
  const rules: Asked = { call: 'reviewRules' };
  const answer = rulesReview();
  const open: Action[] = [
    ...loaded(),
    { type: 'opened', screen: openedRules },
    ask(rules),
    { type: 'reviewCame', asked: rules, answer },
  ];
  const screen = (state: SidebarState) => state.screen as RulesScreen;

  test('keep what the user changes until it is saved', () => {
    const state = stateAfter(...open, { type: 'looked', change: { change: { certainty: 0.7 } } });
    const changed = step(state, { type: 'looked', change: { change: { postFrom: 0.97 } } });
    const again = step(changed, { type: 'reviewCame', asked: rules, answer });
    const { settings } = answer;
    const asked = saveSettings(settings, screen(again).change);
    const args = { certainty: 0.7, postFrom: 0.97, transit: 'Assets:In transit' };
    expect(asked).toEqual({ call: 'setSuggestions', args });
    const saved = step(again, { type: 'done', asked: asked as Asked });
    expect(screen(saved).change).toEqual({});
    expect(screen(saved).review?.settings).toEqual(args);
    expect(saved.said).toBe('Saved.');
    expect(nextCall(saved)).toEqual(rules);
  });

  test.each([
    [{}, null],
    [{ certainty: 0.5 }, null],
    [{ transit: ' ' }, null],
    [{ transit: 'Assets::Transit' }, null],
    [{ transit: ' Assets:Transit ' }, 'Assets:Transit'],
  ])('with the change %j save %s', (change, transit) => {
    const asked = saveSettings(answer.settings, change);
    expect(asked?.call === 'setSuggestions' ? asked.args.transit : null).toBe(transit);
  });

  test('lose a proposal once it is a rule or was refused, and no other', () => {
    const other = proposalView({ key: 'k2', rule: { text: 'bahn', post: false } });
    const two = rulesReview({ proposals: [proposalView(), other] });
    const state = stateAfter(...open, { type: 'reviewCame', asked: rules, answer: two });
    const [first] = two.proposals;
    const keys = (from: SidebarState) => screen(from).review?.proposals.map(({ key }) => key);
    const add: Asked = { call: 'addRule', rule: first?.rule ?? null };
    expect(keys(step(state, { type: 'done', asked: add }))).toEqual(['k2']);
    const dismiss: Asked = { call: 'dismissRule', args: { key: 'k2' } };
    const dismissed = step(state, { type: 'done', asked: dismiss });
    expect(keys(dismissed)).toEqual([proposalView().key]);
    expect(nextCall(dismissed)).toEqual(rules);
    const tab: Asked = { call: 'addRule', rule: null };
    expect(keys(step(state, { type: 'done', asked: tab }))).toHaveLength(2);
    expect(keys(step(state, { type: 'failed', asked: add, failure }))).toHaveLength(2);
  });
});
