import { type Misuse, UsageError } from '../errors.js';

/** A configuration file says something wrong: nothing was started, and nothing was written. */
export class ConfigError extends UsageError {
  /** The path of the file, as it is shown. */
  readonly file: string;
  /** The key that is wrong (`targets.api.deadline`); undefined where the file as a whole is. */
  readonly key: string | undefined;

  constructor(file: string, key: string | undefined, wrong: Omit<Misuse, 'option'>) {
    super({ ...wrong, option: key === undefined ? file : `${file}: ${key}` });
    this.file = file;
    this.key = key;
  }
}

/** `targets.api.deadline`; a name that would be read as several keys is quoted. */
export function keyPath(...keys: readonly string[]): string {
  return keys
    .map((key, index) => {
      if (/^[$\w-]+$/.test(key)) return index === 0 ? key : `.${key}`;
      return `[${JSON.stringify(key)}]`;
    })
    .join('');
}
