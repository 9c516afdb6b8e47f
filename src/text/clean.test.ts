import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectAs, readSeed } from '../read/fixtures/collect.ts';
import { LISTING } from '../read/listing.ts';
import { cleanText } from './clean.ts';
import { splitSentences } from './sentences.ts';

const seeds = [0, 1, 2, 3, 4].map((i) => collectAs(LISTING, readSeed(i)).records);
const sentences = (raw: string) => splitSentences(raw).map(([start, end]) => raw.slice(start, end));
const HOSTILE = [
  '{',
  '\\',
  '$',
  '*',
  '~',
  '`',
  "'",
  '(',
  '\\(',
  '{\\',
  '*a ',
  '$1',
  '.',
  '. ',
  '\n',
  ' ',
  "\\'{",
  '\\a',
  'www.',
  'a.',
  '\\cite{',
  'http://',
  '<i>',
  '</i>',
  '<p>',
  '<br/>',
  '&amp;',
  '&lt;',
  '#60;',
  'lt;',
  '<!--',
  '-->',
  '[a](#b)',
  '](',
  '[[a',
  ']]',
  '\n# a',
  '\n```\n',
  '\n|--|\n',
  '|',
  '\n[1]: a',
  '<sup>',
  '</sup>',
  '<https://a',
];

describe('cleaning', () => {
  it.each([
    ["Pok{\\'e}mon", 'Pokémon'],
    ['na\\"{\\i}ve', 'naïve'],
    ['H\\"older', 'Hölder'],
    ["Erd\\H{o}s, Ji\\v{r}\\'i, Fran\\c{c}ois, \\O re, \\ss", 'Erdős, Jiří, François, Ø re, ß'],
    ['4.97\\% and R\\&D', '4.97% and R&D'],
    ['so-called {\\em Matryoshka} SAEs', 'so-called Matryoshka SAEs'],
    ['\\emph{a} \\textbf{b \\textit{c}} {\\bf d}', 'a b c d'],
    ['process, \\eg, from (\\eg BERT) \\etc) and \\etal. So', 'process, e.g., from (e.g. BERT) etc) and et al. So'],
    ['the \\overfeat network (\\method) {\\Lambda}', 'the overfeat network (method) Lambda'],
    ['available at \\url{https://github.com/jordane95/dual-cross-encoder', 'available at'],
    ['at https://aka.ms/xdoc. Next', 'at. Next'],
    ['page (https://mgwillia.github.io/diffssl/) and (see https://a.b) x', 'page and (see) x'],
    ['at https://hf.co/IDEA/Taiyi-3.5B/{this https URL}, fostering', 'at, fostering'],
    ['at this https URL.', 'at .'],
    ['at www.di.ens.fr/willow/. End', 'at. End'],
    ['the $x^2 + y$ of $$z$$ for $5 or $10', 'the x^2 + y of z for $5 or $10'],
    ['$95\\%$ of \\(a\\) and \\[ b \\]', '95% of a and b'],
    ["``winning tickets'' and `one' and ``slow\"", '"winning tickets" and \'one\' and "slow"'],
    [
      'on *algorithmically-efficient deep learning*, **bold** f^{*}=hcirc A* 2*3',
      'on algorithmically-efficient deep learning, bold f^*=hcirc A* 2*3',
    ],
    ['codecs~(H.264) Fig.~3 a~b', 'codecs (H.264) Fig. 3 a b'],
    ['30%~50% and about ~5, (~8 minutes), 10~20', '30%~50% and about ~5, (~8 minutes), 10~20'],
    ['<EOS> and Si<->En, >25%', '<EOS> and Si<->En, >25%'],
    ['don\\\'t \\"hello\\"', 'don\'t "hello"'],
    ['see \\cite{a,b} and~\\citep[see][]{c} x', 'see and x'],
    ['16\\times 2, R\\in S, 5\\,ms', '16× 2, R∈ S, 5 ms'],
    ['  a\n\tb\u200b\u0000c  ', 'a bc'],
    [
      '<jats:title>Abstract</jats:title><jats:p>CO<jats:sub>2</jats:sub> &amp; 10<sup>-3</sup> m<sup>2</sup></jats:p>',
      'CO2 & 10^-3 m2',
    ],
    ['<p>One<br/>two</p><p>it&#8217;s caf&eacute;</p> a < b and c > d', 'One two it’s café a < b and c > d'],
    ['&lt;p&gt;twice &amp;amp; again&lt;/p&gt;', 'twice & again'],
    [
      '<inline-formula><tex-math>\\documentclass[12pt]{minimal}\\begin{document}$$\\alpha$$\\end{document}</tex-math></inline-formula> wave',
      'alpha wave',
    ],
    [
      '# A heading\n\nSee [the docs](https://a.org/x_(y) "Docs") and ![a map](map.png), [[Notes|my notes]], [[Other note#part]].',
      'A heading See the docs and a map, my notes, Other note.',
    ],
    [
      '## Code\n```python\nprint(x)\n```\n__bold__ and _em_ and `code` with snake_case_name',
      'Code print(x) bold and em and code with snake_case_name',
    ],
    ['| a | b |\n|---|:-:|\n| 1 | 2 |\n\nEnd[^1]', 'a, b 1, 2 End'],
    ['[x][1] and f[i](x) and a[[1]]\n\n[1]: https://a.org', 'x and f[i](x) and a[[1]]'],
    [
      'f[i](x), a[[1]], [[1, 2], [3]], #1 of __init__, # of papers, x | y',
      'f[i](x), a[[1]], [[1, 2], [3]], #1 of __init__, # of papers, x | y',
    ],
    [
      'a <b and c> d, List<String>, <mask>, AT&T, ?a=1&copy=2',
      'a <b and c> d, List<String>, <mask>, AT&T, ?a=1&copy=2',
    ],
    ['Write to <https://a.org/x> or <a@b.c>.', 'Write to or <a@b.c>.'],
  ])('%j becomes %j', (raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });

  it('leaves no mark and no address in the seed papers, and most of them as they are', () => {
    for (const { title, text } of seeds.flat()) {
      expect(cleanText(`${title}. ${text}`)).not.toMatch(/[\\{}`]|https?:|www\.|\{this/);
    }
    const same = seeds.flat().filter(({ text }) => cleanText(text) === text).length;
    expect(same).toBeGreaterThan(420);
    expect(cleanText(seeds[0][14].text)).toContain('Pokémon');
    expect(cleanText(seeds[0][73].text)).toContain('Hölder');
    expect(cleanText(seeds[1][12].text)).toContain('naïve');
  });

  it('is idempotent', () => {
    const part = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...HOSTILE, 'this ', 'https ', 'URL', '5', '{', '}', '\\em', 'e', '"', '-'),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const clean = cleanText(parts.join(''));
        expect(cleanText(clean)).toBe(clean);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(HOSTILE)('takes linear time on a megabyte of %j', (unit) => {
    // Quadratic work would not end within the time that a test has.
    const text = unit.repeat(1_000_000 / unit.length);
    expect(cleanText(text).length).toBeLessThanOrEqual(text.length);
    expect(cleanText(`${text}}`).length).toBeLessThanOrEqual(text.length + 1);
    expect(splitSentences(text).length).toBeLessThanOrEqual(text.length);
  });
});

describe('sentences', () => {
  it.each([
    ['One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
    ['for retrieval.Furthermore, we', ['for retrieval.', 'Furthermore, we']],
    ['We (e.g. This) use i.e. That, cf. Fig. 3 and Eq. 4 vs. Others et al. Here.', null],
    ['By J. R. Smith in v1.5 with 3.14. Next', ['By J. R. Smith in v1.5 with 3.14.', 'Next']],
    ['See https://a.org/some.Thing for it. Done', ['See https://a.org/some.Thing for it.', 'Done']],
    ['at https://a.org. Next . And', ['at https://a.org.', 'Next .', 'And']],
    ['一つ。二つ！「三つ。」四', ['一つ。', '二つ！', '「三つ。」', '四']],
    ['He said "yes." Then (no.) "Go."', ['He said "yes."', 'Then (no.)', '"Go."']],
    ['A heading\n\nA text. of it', ['A heading', 'A text. of it']],
    ['  ', []],
    ['lost ... Third word ...', ['lost ...', 'Third word ...']],
    ['No. 5 is one. No. That', ['No. 5 is one.', 'No.', 'That']],
    ['<p>One is here.</p><p>Two &amp; three.</p>', ['One is here.', 'Two &amp; three.']],
    [
      'He liked <i>this.</i> She did not.<br />Nor they. a <b. C',
      ['He liked <i>this.', 'She did not.', 'Nor they. a <b.', 'C'],
    ],
  ])('%j', (raw, expected) => {
    expect(sentences(raw)).toEqual(expected ?? [raw]);
  });

  it('cover every character that is no blank, in order, whatever the text', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('. ', '.', ' ', 'A', 'ab', '\n\n', '。', '"', 'e.g.', 'http://'),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const raw = parts.join('');
        let at = 0;
        for (const [start, end] of splitSentences(raw)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(raw.slice(at, start).trim()).toBe('');
          expect(raw.slice(start, end)).toBe(raw.slice(start, end).trim());
          at = end;
        }
        expect(raw.slice(at).trim()).toBe('');
      }),
      { numRuns: 1000 },
    );
  });

  it('finds a handful in every abstract of the seeds', () => {
    for (const { text } of seeds.flat()) {
      const found = splitSentences(text);
      expect(found.length).toBeGreaterThanOrEqual(1);
      expect(Math.max(...found.map(([start, end]) => end - start))).toBeLessThan(900);
    }
  });
});
