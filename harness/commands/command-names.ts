/** The commands of this version. */
export const commandNames = [
  'run',
  'client',
  'program',
  'pair',
  'init',
  'demo',
  'list',
  'explain',
  'doctor',
  'judge',
  'merge',
  'diff',
] as const;
export type CommandName = (typeof commandNames)[number];
