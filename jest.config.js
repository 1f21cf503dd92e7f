// The one place of the tests' settings; browser tests and the emulator's suite skip themselves with a line where they cannot run.
export default {
  testEnvironment: '<rootDir>/test/plain-context.mjs',
  // Many tests wait for a browser or a server: three of them at once keep two cores busy.
  maxWorkers: 3,
  testSequencer: '<rootDir>/test/longest-first.mjs',
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/build-once.mjs',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', tsx: false },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleFileExtensions: ['ts', 'tsx', 'js', 'json'],
  testTimeout: 30_000,
};
