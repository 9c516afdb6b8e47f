import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markupNames } from './html.ts';
import { displayTitle, readableNames, readableText, readableTitle, writingOf } from './readable.ts';
import { decodeReferences } from './references.ts';

const MARKS = [
  '<p>',
  '</p>',
  '<br/>',
  '<i>',
  '</i>',
  '<sub>',
  '</sub>',
  '<jats:p>',
  '<mml:mfrac>',
  '</mml:mfrac>',
  '<mml:mi>',
  '</mml:mi>',
  '<script>',
  '</script>',
  '<a href="x">',
  '</a>',
  '<!--',
  '-->',
  '<li>',
  '&amp;',
  '&lt;',
  'gt;',
  '&#60;',
  '&eacute;',
  '&nbsp;',
];

describe('titles as they are shown', () => {
  it.each([
    ["{Deep} {L}earning of {\\'E}xamples \\& Friends", 'Deep Learning of Éxamples & Friends'],
    ['{{BERT}: Pre-training of Deep Transformers}', 'BERT: Pre-training of Deep Transformers'],
    ['On {{\\"U}}ber and Stra\\ss e, {\\ss}, \\O re, Ji\\v{r}\\\'{\\i}', 'On Über and Straße, ß, Øre, Jiří'],
    ['Navier--Stokes --- an introduction, pp. 1--10', 'Navier–Stokes — an introduction, pp. 1–10'],
    ['A \\textit{new} \\emph{kind of \\textbf{map}}', 'A new kind of map'],
    ['CO<sub>2</sub> at 10<sup>-3</sup> m<sup>2</sup>, T<sub>max</sub>, x<sub>i</sub>', 'CO₂ at 10⁻³ m², Tmax, xᵢ'],
    ['A <i>new</i> theory &amp; its &quot;uses&quot; &#8211; now', 'A new theory & its "uses" – now'],
    ['&lt;i&gt;E. coli&lt;/i&gt; in caf&eacute;s &amp;amp; bars', 'E. coli in cafés & bars'],
    ['On $H_2O$ and $\\alpha$-helices of order $\\mathcal{O}(n^2)$', 'On H₂O and α-helices of order O(n²)'],
    [
      '<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup><mml:mo>+</mml:mo><mml:mfrac><mml:mn>1</mml:mn><mml:mi>k</mml:mi></mml:mfrac></mml:math> terms',
      'x²+1/k terms',
    ],
    ['A title\n   over\n two lines', 'A title\n   over\n two lines'],
    ["The ``best'' of both", 'The “best” of both'],
  ])('%j → %j', (raw, shown) => {
    expect(readableTitle(raw)).toBe(shown);
  });

  it('of authors lose all braces', () => {
    expect(readableNames("{\\'E}mile Dupont and {van der Berg}, Jan and {NASA Team}")).toBe(
      'Émile Dupont and van der Berg, Jan and NASA Team',
    );
  });
});

describe('texts as they are shown', () => {
  it.each([
    [
      '<jats:title>Abstract</jats:title><jats:p>The <jats:italic>first</jats:italic> part.</jats:p><jats:p>The second.</jats:p>',
      'The first part.\n\nThe second.',
    ],
    ['<p>One &amp; two</p>\n<p>three</p>', 'One & two\n\nthree'],
    ['I liked it.<br /><br />But not you.', 'I liked it.\n\nBut not you.'],
    ['<ul><li>first</li><li>second</li></ul>', '• first\n\n• second'],
    ['<a href="https://a.org">a link</a> and <b>bold</b>', 'a link and bold'],
    ['<div class="x">text<script>alert(1)</script> more</div><!-- no -->', 'text more'],
    ["about 95\\% of \\emph{all} words, Erd\\H{o}s and Pok{\\'e}mon", 'about 95% of all words, Erdős and Pokémon'],
    ['with $k=5$ and cost $\\$5$ \\cite{abc}', 'with k=5 and cost $5 [abc]'],
  ])('%j → %j', (raw, shown) => {
    expect(readableText(raw)).toBe(shown);
  });

  it.each([
    'a < b and c > d, x<y, y>z',
    'if a <b and c> d then',
    'prose with {curly} braces, {NAME} and {"a": 1}',
    'C:\\temp\\new and D:\\in\\o, \\\\server\\share',
    'it costs $5 or $10, US$5 vs A$6, $HOME/bin:$PATH',
    'match \\d+\\s with \\n, f(x)\\to',
    '~ about ~5, ~/bin',
    '<EOS> and <mask>, Si<->En, List<String>, Map<K, V>, <T>',
    'write to <a@b.c> or <https://a.org>',
    'AT&T, R&D, ?a=1&copy=2 &c; &unknown;',
    'for (i = 0; i < n; i--) --flag -- comment',
    '# Heading\n- item *one*\n\n`code`',
    'the tag <b> makes bold',
    'He said \\"hello\\" to Ada\\\'s',
  ])('leaves %j', (raw) => {
    expect(readableText(raw)).toBe(raw);
  });

  it('are those of the whole text when only a part is shown', () => {
    const raw = 'At first <i>one. And then</i> two.';
    expect(readableText(raw.slice(9, 16))).toBe('<i>one.');
    expect(readableText(raw.slice(9, 16), writingOf(raw))).toBe('one.');
  });

  it('are where a title is missing', () => {
    expect(displayTitle({ title: '', text: '<p>Only &amp; first words</p><p>follow</p>' })).toBe(
      'Only & first words follow',
    );
    expect(displayTitle({ title: '{N}ew', text: 'x' })).toBe('New');
    expect(displayTitle({ title: '', text: '' })).toBe('Untitled');
    expect(displayTitle({ title: '', text: `${'<b>word</b> '.repeat(2000)}` })).toMatch(/^(?:word )+word…$/u);
  });

  it('are unchanged without marks, whatever they are', () => {
    const plain = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'abc XYZ.,;:!?()[]"\'/*~_^#%|+=>\n\t'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(plain, (text) => {
        const raw = text.replace(/[\\<&{}$`]/gu, '');
        expect(readableText(raw)).toBe(raw);
        expect(readableNames(raw.replaceAll('--', '-'))).toBe(raw.replaceAll('--', '-'));
      }),
      { numRuns: 1000 },
    );
  });

  it('hold no tag and no reference any more, whatever is in them', () => {
    const part = fc.constantFrom(...MARKS, ' word ', 'One. ', '5', '\n', 'é');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const shown = readableText(parts.join(''));
        expect(markupNames(shown)).toBeNull();
        expect(decodeReferences(shown)).toBe(shown);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ...MARKS,
    '<',
    '<i',
    '<i x=',
    '&',
    '&amp',
    '$',
    '$x_',
    '{',
    '{A',
    '\\',
    '\\emph{',
    '{\\em ',
    '`',
    '``a',
    '--',
    '<!--',
    '<!-- -->',
    '<![CDATA[',
    '<mfrac>',
    '<b',
    "<a x='",
    ' ',
    '\n',
    '\\"o',
    '\\frac{',
  ])('take linear time on a megabyte of %j', (unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    // Quadratic work would not end within the time that a test has.
    expect(readableText(text).length).toBeLessThanOrEqual(2 * text.length);
    expect(readableNames(`${text}}`).length).toBeLessThanOrEqual(2 * text.length);
  });
});
