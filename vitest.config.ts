import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{harness,suites,fixtures,reports}/**/*.test.ts'],
    // Tests that start processes share two cores with the processes that they start; but much of their time is waiting.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
