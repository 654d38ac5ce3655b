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
] as const;
export type CommandName = (typeof commandNames)[number];
