import type { Project } from './project.js';

/** The reports that a CI job keeps, where this version writes them. */
const endings: Readonly<Record<string, string>> = {
  json: 'json',
  junit: 'xml',
  html: 'html',
  markdown: 'md',
};

/** A version before 1.0 may change with its minor number (semver.org §4), so that is part of what is pinned. */
export function pinned(version: string): string {
  const [major = '0', minor = '0'] = version.split('.');
  return major === '0' ? `${major}.${minor}` : major;
}

function testLine(version: string, formats: readonly string[]): string {
  const reports = Object.entries(endings)
    .filter(([format]) => formats.includes(format))
    .map(([format, ending]) => `--${format} signals-{target}.${ending}`);
  return ['npx --yes', `signal-conformance@${pinned(version)}`, ...reports].join(' ');
}

/** A workflow of GitHub Actions. */
export function githubWorkflow({ setUp }: Project, version: string, formats: readonly string[]): string {
  const steps =
    setUp.length > 0 ? setUp.map((line) => `      - run: ${line}`) : ['      # Build the server here.'];
  const summary = [
    '      - name: Summary',
    // Also after a failure: then it is what everybody wants to read.
    `        if: \${{ !cancelled() }}`,
    '        run: cat signals-*.md >> "$GITHUB_STEP_SUMMARY" || true',
  ];
  return `${[
    'name: signal-conformance',
    'on:',
    '  push:',
    '  pull_request:',
    'permissions:',
    '  contents: read',
    'jobs:',
    '  signals:',
    '    runs-on: ubuntu-latest',
    '    timeout-minutes: 20',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '      - uses: actions/setup-node@v4',
    '        with:',
    '          node-version: 22',
    ...steps,
    '      - name: Test how it handles signals',
    `        run: ${testLine(version, formats)}`,
    ...(formats.includes('markdown') ? summary : []),
    '      - uses: actions/upload-artifact@v4',
    `        if: \${{ !cancelled() }}`,
    '        with:',
    '          name: signal-conformance',
    '          path: signals-*',
  ].join('\n')}\n`;
}

/** A job for a `.gitlab-ci.yml`. */
export function gitlabJob({ setUp }: Project, version: string, formats: readonly string[]): string {
  const before = setUp.length > 0 ? setUp.map((line) => `    - ${line}`) : ['    # Build the server here.'];
  return `${[
    'signal-conformance:',
    '  image: node:22',
    '  timeout: 20 minutes',
    '  script:',
    ...before,
    `    - ${testLine(version, formats)}`,
    '  artifacts:',
    '    when: always',
    '    paths:',
    '      - signals-*',
    '    reports:',
    '      junit: signals-*.xml',
  ].join('\n')}\n`;
}
