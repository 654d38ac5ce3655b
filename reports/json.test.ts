import { expect, test } from 'vitest';
import { toJson } from './json.js';
import { allReports, nonconformant } from './samples.js';

test.each(Object.entries(allReports))('the report %s can be read back as it was', (_name, report) => {
  expect(JSON.parse(toJson(report))).toEqual(report);
});

test('each event stands on a line of its own', () => {
  const lines = toJson(nonconformant).split('\n');
  const events = nonconformant.runs.flatMap(({ events }) => events);
  expect(lines.filter((line) => line.includes('"atMs":'))).toHaveLength(events.length);
});

test('nothing in it can be interpreted by a terminal', () => {
  expect(toJson(nonconformant)).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u,
  );
});

test('what is undefined is left out, also in what stands on several lines', () => {
  const { contract } = nonconformant.target;
  const report = {
    ...nonconformant,
    target: { ...nonconformant.target, contract: { ...contract, notice: undefined } },
  };
  expect(toJson(report)).not.toContain('"notice":');
  expect(JSON.parse(toJson(report)).target.contract).not.toHaveProperty('notice');
});

test('no line is a command of a GitHub workflow, and the value is the same', () => {
  const report = { ...allReports.conformant, remarks: ['##[add-mask]x', '::add-mask::x'] };
  expect(toJson(report)).not.toMatch(/##\[|^\s*::/m);
  expect(JSON.parse(toJson(report))).toEqual(report);
});
