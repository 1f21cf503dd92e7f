import { jest } from '@jest/globals';

// A Chromium on a busy machine now and then closes a page, or draws none, in the middle of a walk of a minute. Tests of a
// file that imports this are walked once more where they failed; what failed is printed, and twice is a failure.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
