import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** Tells the user what is wrong and how the command is used, and ends the program. */
export function fail(usage: string, line: string): never {
  process.stderr.write(`${line}\n${usage}\n`);
  process.exit(1);
}

/** What stands after a command's name. With --help, or what is no argument of it, the program ends. */
export function readArguments<const Options extends ParseArgsOptionsConfig>(
  usage: string,
  options: Options,
) {
  try {
    const read = parseArgs({
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', default: false } },
    });
    const { help } = read.values as { readonly help?: boolean };
    if (!help) return read;
  } catch (error) {
    fail(usage, error instanceof Error ? error.message : String(error));
  }
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
