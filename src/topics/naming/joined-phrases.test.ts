import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractPhrases, type Phrases } from './phrases.ts';
import { textAmong, writingsOf } from './surface-forms.ts';

function extract(texts: readonly string[]): Phrases {
  return extractPhrases({ titles: texts.map(() => ''), texts });
}

/** The papers that hold the phrase with the form `text`; null when there is none. */
function holders(phrases: Phrases, text: string): number[] | null {
  const writings = writingsOf(phrases, new Set(phrases.papers.keys()));
  const [phrase] = [...writings].find(([, { forms }]) => forms.some((form) => form.text === text)) ?? [-1];
  if (phrase < 0) return null;
  return Array.from({ length: phrases.n }, (_, i) => i).filter((i) =>
    phrases.held.subarray(phrases.starts[i], phrases.starts[i + 1]).some((entry) => entry >> 1 === phrase),
  );
}

const DEFINING = ['of red graph walks (RGWs) here', 'a red graph walk (RGW) there'];
const TEXTS = [...DEFINING, 'RGW is old', 'we like RGWs', 'one red graph walk', 'the blue sea', 'a blue sea'];

describe('phrases and their short forms', () => {
  it('are one, and held by the papers of both', () => {
    const phrases = extract(TEXTS);
    expect(holders(phrases, 'RGW')).toEqual([0, 1, 2, 3, 4]);
    expect(holders(phrases, 'red graph walk')).toEqual([0, 1, 2, 3, 4]);
    expect(holders(phrases, 'blue sea')).toEqual([5, 6]);
  });

  it('are two when one paper alone says so, or as many say something else', () => {
    expect(holders(extract([DEFINING[0], ...TEXTS.slice(2)]), 'RGWs')).toEqual([0, 1, 2]);
    const others = ['the royal glass works (RGW)', 'by a royal glass work (RGW)'];
    expect(holders(extract([...DEFINING, ...others, 'royal glass work']), 'RGW')).toEqual([0, 1, 2, 3]);
  });

  it('begin with a word that is a stop word elsewhere, where papers define it so', () => {
    const texts = ['large graph walks (LGWs)', 'a large graph walk (LGW)', 'a large tree', 'this large tree'];
    const phrases = extract(texts);
    expect(holders(phrases, 'large graph walks')).toEqual([0, 1]);
    expect(holders(phrases, 'large tree')).toBeNull();
  });

  it('count papers and occurrences as the postings have them', () => {
    const part = fc.constantFrom('red graph walks', 'RGW', 'red graph walk (RGW)', 'blue sea', 'an owl', 'RGWs');
    fc.assert(
      fc.property(
        fc.array(fc.array(part, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 }),
        (papers) => {
          const phrases = extract(papers.map((parts) => parts.join('. ')));
          const counted = new Int32Array(phrases.count);
          for (const entry of phrases.held) counted[entry >> 1]++;
          expect(phrases.papers).toEqual(counted);
          expect(phrases.starts.at(-1)).toBe(phrases.held.length);
          for (let p = 0; p < phrases.count; p++) {
            expect(phrases.index.conceptOf[phrases.index.conceptOf[p]]).toBe(phrases.index.conceptOf[p]);
            if (phrases.index.conceptOf[p] !== p) expect(counted[p]).toBe(0);
            expect(phrases.index.occurrences[p]).toBeGreaterThanOrEqual(counted[p]);
          }
        },
      ),
    );
  });

  it('are written short where most of the papers know the short form, if it is much shorter', () => {
    const forms = [
      { text: 'red graph walks', papers: [0, 1, 2], isShort: false },
      { text: 'RGWs', papers: [1, 2, 3, 4], isShort: true },
    ];
    const among = (...papers: number[]): string =>
      textAmong(
        forms,
        Uint8Array.from({ length: 5 }, (_, i) => (papers.includes(i) ? 1 : 0)),
      );
    expect(among(0, 1)).toBe('red graph walks');
    expect(among(1, 2)).toBe('RGWs');
    expect(among(0, 1, 2, 3)).toBe('RGWs');
    expect(among(0)).toBe('red graph walks');
    const near = forms.map((form) => (form.isShort ? { ...form, text: 'red walks' } : form));
    expect(textAmong(near, Uint8Array.of(1, 1, 1, 0, 0))).toBe('red graph walks');
  });
});
