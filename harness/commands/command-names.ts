/** The commands of this version. */
export const commandNames = ['run', 'demo', 'list', 'explain', 'doctor'] as const;
export type CommandName = (typeof commandNames)[number];

/** Commands that are designed and not in this version; they are no programs to be tested either. */
export const laterCommands: readonly string[] = ['client', 'program', 'pair'];
