import { expect, test } from '@jest/globals';
import { drawWorldMap } from '../../../cloud/web/draw-world-map.ts';
import { worldMap } from '../../../cloud/web/world-map.ts';

test('the map is the one that is drawn from its source, with every country and few points', () => {
  expect(worldMap).toEqual(drawWorldMap());
  expect(Object.keys(worldMap).length).toBeGreaterThan(240);
  for (const code of ['DE', 'AT', 'GB', 'IL', 'MT', 'LI', 'US']) {
    expect(worldMap[code]).toMatch(/^M[\d.,]+[lh][\d .hvz-]+/);
  }
  expect(JSON.stringify(worldMap).length).toBeLessThan(90_000);
});
