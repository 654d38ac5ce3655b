import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They take minutes, and their files are small: by default they would come last, and one worker would idle. */
const longest = ['fixtures/matrix/', 'fixtures/reference/', 'fixtures/pairs', 'fixtures/'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((part) => moduleId.includes(`/${part}`));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    include: ['{harness,suites,fixtures,reports}/**/*.test.ts'],
    // Tests that start processes share two cores with the processes that they start.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    // A limit for what hangs, and not a measurement: beside other load a test of processes may take a minute.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
