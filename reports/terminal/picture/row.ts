import type { Paint } from '../../text/colors.js';
import { width } from '../../text/width.js';

interface Cell {
  readonly sign: string;
  readonly paint: Paint | undefined;
}

/** One line of a picture: cells of one column each. */
export class Row {
  readonly #cells: (Cell | undefined)[];
  /** Where words or marks stand: nothing may be written over them. */
  readonly #taken = new Set<number>();

  constructor(columns: number) {
    this.#cells = new Array<Cell | undefined>(columns).fill(undefined);
  }

  /** Draws over what is there. */
  put(column: number, sign: string, paint?: Paint): void {
    if (column < 0 || column >= this.#cells.length) return;
    this.#cells[column] = { sign, paint };
  }

  /** The same, and it stays. */
  mark(column: number, sign: string, paint?: Paint): void {
    this.put(column, sign, paint);
    this.#taken.add(column);
  }

  /** Writes words where the first of these places is free, with a space on both sides. Says whether one was. */
  write(places: readonly number[], text: string, paint?: Paint): boolean {
    const signs = [...text].map((sign) => (width(sign) === 1 ? sign : '?'));
    const from = places.find((place) => this.#isFree(place, signs.length));
    if (from === undefined) return false;
    for (const [offset, sign] of signs.entries()) this.mark(from + offset, sign, paint);
    this.#pad(from - 1);
    this.#pad(from + signs.length);
    return true;
  }

  toString(): string {
    let text = '';
    let run = '';
    let paint: Paint | undefined;
    const last = this.#cells.findLastIndex((cell) => cell !== undefined && cell.sign !== ' ');
    for (const cell of this.#cells.slice(0, last + 1)) {
      if (cell?.paint !== paint) {
        text += paint ? paint(run) : run;
        run = '';
        paint = cell?.paint;
      }
      run += cell?.sign ?? ' ';
    }
    return text + (paint ? paint(run) : run);
  }

  #isFree(from: number, length: number): boolean {
    if (from < 0 || from + length > this.#cells.length) return false;
    for (let column = from - 1; column <= from + length; column += 1)
      if (this.#taken.has(column)) return false;
    return true;
  }

  #pad(column: number): void {
    if (this.#taken.has(column)) return;
    this.put(column, ' ');
    this.#taken.add(column);
  }
}
