import type { Page } from 'playwright-core';
import type { RowsAt } from './bank-login.ts';
import { rowMax, textMax } from './schema.ts';

/** Names of the marks that the page has, once it has any. */
export async function waitForMarks(
  page: Page,
  marks: Readonly<Record<string, string>>,
  drawsForMs: number,
): Promise<ReadonlySet<string>> {
  const pauseMs = 100;
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const found = await page.evaluate(findMarks, marks);
    if (found.length > 0 || waitedMs >= drawsForMs) return new Set(found);
    await page.waitForTimeout(pauseMs);
  }
}

// What follows runs inside the page, so nothing in it may have a name of ours: a bundler that keeps names would break it.
// It goes there by itself, since a locator first loads Playwright's own library into each page: 50 ms of a processor.
// U+FDD0 is no character, and stands for a line break meanwhile.

declare const document: { readonly documentElement: PageElement };

const findMarks = (marks: Readonly<Record<string, string>>): string[] =>
  Object.entries(marks).flatMap(([name, select]) =>
    document.documentElement.querySelector(select) ? [name] : [],
  );

const press = (select: string): void => document.documentElement.querySelector(select)?.click();

const takeRows = ({
  at,
  limits,
}: {
  readonly at: RowsAt<string>;
  readonly limits: PageLimits;
}): Record<string, string | null>[] =>
  [
    ...(document.documentElement.matches(at.rows)
      ? [document.documentElement]
      : document.documentElement.querySelectorAll(at.rows)),
  ]
    .slice(0, limits.rowMax + 1)
    .map((row) =>
      Object.fromEntries(
        Object.entries(at.fields).map(([name, { select, attribute, isAsIs }]) => {
          const found = select ? row.querySelector(select) : row;
          if (!found) return [name, null];
          if (attribute) return [name, found.getAttribute(attribute)];
          const copy = found.cloneNode(true);
          for (const lineBreak of copy.querySelectorAll('br')) lineBreak.replaceWith('\uFDD0');
          const text = isAsIs
            ? copy.textContent
            : copy.textContent
                .replace(/\s+/g, ' ')
                .replace(/ ?\uFDD0 ?/g, '\uFDD0')
                .trim();
          return [name, text.replaceAll('\uFDD0', '\n').slice(0, limits.textMax + 1)];
        }),
      ),
    );

interface PageLimits {
  readonly rowMax: number;
  readonly textMax: number;
}

/** As much of the DOM's Element as is used here; the cloud is compiled without the DOM's types. */
export interface PageElement {
  readonly textContent: string;
  matches(select: string): boolean;
  querySelector(select: string): PageElement | null;
  querySelectorAll(select: string): Iterable<PageElement>;
  getAttribute(name: string): string | null;
  cloneNode(deep: boolean): PageElement;
  replaceWith(text: string): void;
  click(): void;
}

/** What the page shows now, text by text; its schema makes sure that no limit was met. */
export function readRows(page: Page, at: RowsAt<string>) {
  return page.evaluate(takeRows, { at, limits: { rowMax, textMax } });
}

/** By script: where nothing is to be typed, nobody needs a pointer. */
export function pressButton(page: Page, select: string): Promise<void> {
  return page.evaluate(press, select);
}
