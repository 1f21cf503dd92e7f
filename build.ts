import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildAddon } from './addon/build.ts';
import { buildFunctions } from './cloud/functions/build.ts';

// Everything that is deployed: dist/addon goes to Apps Script, dist/cloud to Firebase. Each build fails over its budget.
const dist = join(import.meta.dirname, 'dist');
await buildAddon(join(dist, 'addon'));
const functionsBytes = await buildFunctions(join(dist, 'cloud'));
const { size: sidebarBytes } = await stat(join(dist, 'addon/sidebar.html'));
process.stdout.write(`sidebar.html ${sidebarBytes} bytes, functions ${functionsBytes} bytes\n`);
