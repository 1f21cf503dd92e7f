import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

export interface FirebaseEmulators {
  /** Fires a scheduled function, as Cloud Scheduler does. */
  fireSchedule(name: string): Promise<void>;
  /** All that the emulators and the functions have printed. */
  output(): string;
  stop(): Promise<void>;
}

export const project = 'demo-bookfeed';
const region = 'europe-west1';
const version = '15.34.2';
/** The first run fetches firebase-tools, which takes minutes. */
const readyLimitMs = 6 * 60_000;
const stopLimitMs = 10_000;
const root = join(import.meta.dirname, '../..');

/**
 * Starts firebase-tools' functions, tasks and hosting emulators on the ports of firebase.json, with the functions of
 * dist/cloud and these settings in their environment.
 */
export async function startFirebaseEmulators(
  settings: Readonly<Record<string, string>>,
): Promise<FirebaseEmulators> {
  const options = ['--only', 'functions,tasks,hosting', '--project', project];
  const child = spawn(
    'npx',
    ['--yes', `firebase-tools@${version}`, 'emulators:start', ...options],
    {
      cwd: root,
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that npx, firebase-tools and the functions all end with it.
      detached: true,
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const stop = () => endGroup(child);
  try {
    await untilReady(child, () => output);
  } catch (error) {
    await stop();
    throw error;
  }
  const functionsUrl = `${urlOf('functions')}/${project}/${region}`;
  return {
    output: () => output,
    stop,
    async fireSchedule(name) {
      const response = await fetch(`${functionsUrl}/${name}-0`, { method: 'POST' });
      const text = await response.text();
      if (!response.ok) throw new Error(`${name} was not fired: ${response.status} ${text}`);
    },
  };
}

/** Where an emulator is or will be. */
export function urlOf(emulator: 'functions' | 'hosting'): string {
  const { emulators } = JSON.parse(readFileSync(join(root, 'firebase.json'), 'utf8'));
  return `http://127.0.0.1:${emulators[emulator].port}`;
}

async function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  const endAt = Date.now() + readyLimitMs;
  while (Date.now() < endAt) {
    const text = output();
    if (/Failed to load function definition/.test(text)) {
      throw new Error(`The functions could not be loaded:\n${text}`);
    }
    if (/All emulators ready/.test(text)) return;
    if (child.exitCode !== null) throw new Error(`firebase-tools ended:\n${text}`);
    await setTimeout(100);
  }
  throw new Error(`The emulators were not ready within ${readyLimitMs / 1000} s:\n${output()}`);
}

/** First as Ctrl+C does, on which firebase-tools ends its functions, then for good. */
async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    signalGroup(pid, 'SIGINT');
    await Promise.race([ended, setTimeout(stopLimitMs, undefined, { ref: false })]);
  }
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
