import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRoot, makeSets } from './disjoint-sets.ts';

describe('disjoint sets', () => {
  it('have one root when a chain of unions connects them', () => {
    const unions = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 30 });
    fc.assert(
      fc.property(unions, (pairs) => {
        const roots = makeSets(20);
        let names = Array.from({ length: 20 }, (_, i) => i);
        for (const [a, b] of pairs) {
          roots[findRoot(roots, a)] = findRoot(roots, b);
          const [from, to] = [names[a], names[b]];
          names = names.map((name) => (name === from ? to : name));
        }
        for (let i = 0; i < 20; i++) {
          for (let j = 0; j < 20; j++) expect(findRoot(roots, i) === findRoot(roots, j)).toBe(names[i] === names[j]);
        }
      }),
    );
  });
});
