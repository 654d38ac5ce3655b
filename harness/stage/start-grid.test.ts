import { describe, expect, it } from 'vitest';
import { gridPlaces, placesOf } from './start-grid.js';

const seeds = [1, 2, 77, 999_999];

describe('placesOf', () => {
  it('has one place in each part of the start where no handler was seen', () => {
    for (const seed of seeds) {
      const places = placesOf({ spanMs: 200 }, seed);
      expect(places.map((ms) => Math.floor(ms / 10))).toEqual(Array.from({ length: 20 }, (_, part) => part));
    }
  });

  it('is finer around the handler, and has as many places after it as before it', () => {
    for (const seed of seeds) {
      const places = placesOf({ spanMs: 200, handlerMs: 150 }, seed);
      expect(places).toHaveLength(gridPlaces);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      // Eight of its own between 130 and 170 ms, one in every 5 ms.
      expect(places.filter((ms) => ms >= 130 && ms < 170).length).toBeGreaterThanOrEqual(8);
      expect(places.filter((ms) => ms >= 150).length).toBeGreaterThanOrEqual(7 + 4);
      expect(places.at(0)).toBeLessThan(150 / 5);
      expect(places.at(-1)).toBeGreaterThan(200 - 50 / 7);
    }
  });

  it('covers the whole start evenly where the handler is installed after it', () => {
    const places = placesOf({ spanMs: 200, handlerMs: 210 }, 3);
    expect(places.map((ms) => Math.floor(ms / 10))).toEqual(Array.from({ length: 20 }, (_, part) => part));
  });

  it('does not begin before the program, and looks 2 ms around the handler of a quick one', () => {
    const places = placesOf({ spanMs: 3.01, handlerMs: 1 }, 5);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...places)).toBeLessThan(3.01);
  });

  it('depends on the seed alone', () => {
    const span = { spanMs: 50, handlerMs: 20 };
    expect(placesOf(span, 7)).toEqual(placesOf(span, 7));
    expect(placesOf(span, 7)).not.toEqual(placesOf(span, 8));
  });
});
