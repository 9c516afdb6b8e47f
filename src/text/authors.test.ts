import { describe, expect, it } from 'vitest';
import { shortAuthors, splitAuthors } from './authors.ts';

describe('authors', () => {
  it.each([
    ['Lund, Ana; Ek, Bo', ['Lund, Ana', 'Ek, Bo']],
    ['Lund, Ana and Ek, Bo', ['Lund, Ana', 'Ek, Bo']],
    ['Ana Lund, Bo Ek, Cy Dahl', ['Ana Lund', 'Bo Ek', 'Cy Dahl']],
    ['Ana Lund, Bo Ek & Cy Dahl', ['Ana Lund', 'Bo Ek', 'Cy Dahl']],
    ['Lund A, Ek B', ['Lund A', 'Ek B']],
    ['Lund, A., Ek, B.-C.', ['Lund, A.', 'Ek, B.-C.']],
    ['Lund, Ana', ['Lund, Ana']],
    ['10 authors', ['10 authors']],
    ['', []],
  ])('are parted: %s', (raw, names) => {
    expect(splitAuthors(raw)).toEqual(names);
  });

  it('are shortened, however many and however long', () => {
    expect(shortAuthors('Ana Lund, Bo Ek')).toBe('Ana Lund, Bo Ek');
    const many = Array.from({ length: 2900 }, (_, i) => `Lund${i}, Ana`).join('; ');
    expect(shortAuthors(many)).toBe('Lund0, Ana; Lund1, Ana; Lund2, Ana and 2,897 more');
    expect(shortAuthors('x'.repeat(9000)).length).toBeLessThan(70);
  });
});
