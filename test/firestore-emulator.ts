import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface FirestoreEmulator {
  /** As FIRESTORE_EMULATOR_HOST takes it: 127.0.0.1:4711 */
  readonly host: string;
  stop(): Promise<void>;
}

const startLimitMs = 30_000;

/**
 * Starts the official Firestore emulator of the Google Cloud CLI on a free port, empty, under the rules of this
 * project. Null, and a line that says why, where it is not installed; on CI (`CI` is set) that is an error.
 */
export async function startFirestoreEmulator(): Promise<FirestoreEmulator | null> {
  const jar = await findJar();
  if (jar === null || !(await hasJava())) return absent();
  const port = await freePort();
  const rules = join(import.meta.dirname, '../firestore.rules');
  // What its launcher runs, without the shell between: one process, which ends with our process group.
  const main = [...shortLived, '-Duser.language=en', '-cp', jar, emulatorClass, 'start'];
  const options = ['--host=127.0.0.1', `--port=${port}`, `--rules=${rules}`];
  const child = spawn(java, [...main, ...options], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const stopAtExit = () => child.kill('SIGKILL');
  process.once('exit', stopAtExit);
  const stop = async () => {
    process.removeListener('exit', stopAtExit);
    await end(child);
  };
  const host = `127.0.0.1:${port}`;
  try {
    await untilReady(host, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { host, stop };
}

const emulatorClass = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore';

/** As the emulator's own launcher has it. */
const java = process.env['JAVA'] ?? 'java';

/** It compiles for a life of hours otherwise: more than half of what it takes in the minute it is used here. */
const shortLived = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

function absent(): null {
  const line =
    'The Firestore emulator is not installed; what needs it is skipped. Install the Google Cloud CLI and Java, ' +
    'then: gcloud components install cloud-firestore-emulator';
  if (process.env['CI']) throw new Error(line);
  process.stderr.write(`${line}\n`);
  return null;
}

async function hasJava(): Promise<boolean> {
  return promisify(execFile)(java, ['-version']).then(
    () => true,
    () => false,
  );
}

async function findJar(): Promise<string | null> {
  try {
    const format = '--format=value(installation.sdk_root)';
    const { stdout } = await promisify(execFile)('gcloud', ['info', format]);
    const folder = join(stdout.trim(), 'platform', 'cloud-firestore-emulator');
    const jar = join(folder, 'cloud-firestore-emulator.jar');
    return existsSync(jar) ? jar : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}

async function untilReady(host: string, child: ChildProcess): Promise<void> {
  const stopAsking = new AbortController();
  const failed = once(child, 'exit', { signal: stopAsking.signal }).then(([code]) => {
    throw new Error(`The Firestore emulator ended while it started (${code}).`);
  });
  try {
    await Promise.race([failed, askUntilAnswered(host)]);
  } finally {
    stopAsking.abort();
    await failed.catch(() => {});
  }
}

async function askUntilAnswered(host: string): Promise<void> {
  const endAt = Date.now() + startLimitMs;
  while (Date.now() < endAt) {
    const answer = await fetch(`http://${host}/`).catch(() => null);
    if (answer?.ok) return;
    await setTimeout(50);
  }
  throw new Error(`The Firestore emulator did not answer within ${startLimitMs / 1000} s.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
