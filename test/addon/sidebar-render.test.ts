import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.ts';

/** A tree as it travels into the page: a text, nothing, a list, or a tag; the tags `One` and `Two` are components. */
type Tree =
  | string
  | null
  | false
  | readonly Tree[]
  | { readonly tag: string; readonly props: object; readonly children: readonly Tree[] };

const browser: Browser | null = await launchChromium();
const describeInBrowser = browser ? describe : describe.skip;

const entry = join(import.meta.dirname, '../../addon/sidebar/render.ts');

const text = fc.constantFrom('', 'a', 'b & c', '<i>');
const props = fc.record(
  {
    class: fc.constantFrom('row', 'wide'),
    title: fc.option(fc.constantFrom('x', 'y'), { nil: null }),
    'aria-disabled': fc.boolean(),
    tabIndex: fc.constant(-1),
  },
  { requiredKeys: [] },
);
const tag = fc.constantFrom('p', 'div', 'section', 'One', 'Two');
const { tree } = fc.letrec<{ tree: Tree; list: Tree; element: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.constantFrom(null, false as const),
    tie('list'),
    tie('element'),
  ),
  list: fc
    .uniqueArray(fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5'), { maxLength: 5 })
    .map((keys) => keys.map((key) => ({ tag: 'li', props: { key, title: key }, children: [key] }))),
  element: fc.record({ tag, props, children: fc.array(tie('tree'), { maxLength: 4 }) }),
}));

describeInBrowser('drawing', () => {
  let page: Page;

  beforeAll(async () => {
    page = await (browser as Browser).newPage();
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'drawing',
    });
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    await page.addScriptTag({ content: inPage });
  });
  beforeEach(() => page.evaluate("document.body.innerHTML = '<main></main>'"));
  afterAll(() => browser?.close());

  const draw = (drawn: Tree) => page.evaluate(`draw(${JSON.stringify(drawn)})`);
  const html = () => page.evaluate("document.querySelector('main').innerHTML");
  const element = (name: string, attributes: object = {}, ...children: Tree[]) => ({
    tag: name,
    props: attributes,
    children,
  });

  test('shows after any changes what the last tree says, as if it were the first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { minLength: 2, maxLength: 5 }), async (trees) => {
        // Attributes have no order, so texts are not compared: they are for whoever reads the failure.
        const drawn = await page.evaluate(`drawBoth(${JSON.stringify(trees)})`);
        expect(drawn).toMatchObject({ isEqual: true });
      }),
      { numRuns: 300 },
    );
  });

  test('writes texts and attributes as they are, and leaves out what is false', async () => {
    await draw(
      element('p', { title: '"<b>', 'aria-disabled': false, hidden: true }, '<i>', null, 'x'),
    );
    expect(await html()).toBe('<p title="&quot;&lt;b&gt;" hidden="true">&lt;i&gt;x</p>');
  });

  test('leaves the keyboard where it is when something comes or goes before', async () => {
    const button = element('button', {}, 'Sync now');
    await draw([null, button]);
    await page.locator('button').focus();
    for (const before of [element('p', {}, 'A notice'), null]) {
      await draw([before, button]);
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Sync now');
    }
  });

  test('takes elements along that carry a key', async () => {
    const items = (...keys: string[]) => keys.map((key) => element('input', { key, title: key }));
    await draw(items('a', 'b', 'c'));
    await page.getByTitle('b').fill('typed');
    await draw(items('c', 'b', 'd', 'a'));
    expect(await page.getByTitle('b').inputValue()).toBe('typed');
    expect(await html()).toMatch(/"c".*"b".*"d".*"a"/);
  });

  test('begins anew where another component takes the place', async () => {
    const input = element('input', { title: 'it' });
    await draw(element('One', {}, input));
    await page.getByTitle('it').fill('typed');
    await draw(element('One', {}, input));
    expect(await page.getByTitle('it').inputValue()).toBe('typed');
    await draw(element('Two', {}, input));
    expect(await page.getByTitle('it').inputValue()).toBe('');
  });

  test('makes a choice among options that come with it, and what the user typed what the state says', async () => {
    const options = ['x', 'y'].map((value) => element('option', { key: value, value }, value));
    const form = (value: string, isChosen: boolean) => [
      element('select', { value }, options),
      element('input', { value }),
      element('input', { type: 'checkbox', checked: isChosen }),
    ];
    await draw(form('y', true));
    expect(await page.locator('select').inputValue()).toBe('y');
    await page.locator('input').first().fill('else');
    await page.locator('input').last().uncheck();
    await draw(form('y', true));
    expect(await page.locator('input').first().inputValue()).toBe('y');
    expect(await page.locator('input').last().isChecked()).toBe(true);
    await draw(form('x', false));
    expect(await page.locator('select').inputValue()).toBe('x');
    expect(await page.locator('input').last().isChecked()).toBe(false);
  });

  test('calls the newest of what a click does, and nothing once there is nothing to do', async () => {
    for (const onClick of ['first', 'second', undefined]) {
      await draw(element('button', onClick ? { onClick } : {}, 'Click'));
      await page.locator('button').click();
    }
    expect(await page.evaluate('clicked')).toEqual(['first', 'second']);
  });
});

const inPage = `
const { h, render, Fragment } = drawing;
const clicked = [];
const components = {
  One: ({ children }) => h('div', { class: 'one' }, children),
  Two: ({ children }) => h(Fragment, null, h('div', { class: 'one' }, children), 'two'),
};
function toNode(tree) {
  if (Array.isArray(tree)) return tree.map(toNode);
  if (tree === null || typeof tree !== 'object') return tree;
  const { onClick, ...props } = tree.props;
  if (onClick) props.onClick = () => clicked.push(onClick);
  return h(components[tree.tag] ?? tree.tag, props, ...tree.children.map(toNode));
}
function draw(tree) {
  render(toNode(tree), document.querySelector('main'));
}
function drawBoth(trees) {
  const [changed, fresh] = [document.createElement('main'), document.createElement('main')];
  for (const tree of trees) render(toNode(tree), changed);
  render(toNode(trees.at(-1)), fresh);
  return { isEqual: changed.isEqualNode(fresh), changed: changed.innerHTML, fresh: fresh.innerHTML };
}
`;
