import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readAll } from '../fixtures/collect.ts';
import { pdfOf } from '../fixtures/make-pdf.ts';

type Parts = Readonly<Record<string, string>>;

/** A ZIP file of XML parts; `mimetype` is stored first, as OpenDocument and EPUB ask. */
function packageOf(parts: Parts): Uint8Array<ArrayBuffer> {
  const files = Object.entries(parts).map(([name, text]) => [
    name,
    [strToU8(text), { level: name === 'mimetype' ? 0 : 6 }],
  ]);
  return new Uint8Array(zipSync(Object.fromEntries(files)));
}

const read = (name: string, bytes: Uint8Array<ArrayBuffer>) => readAll([{ name, blob: new Blob([bytes]) }]);

async function firstOf(name: string, bytes: Uint8Array<ArrayBuffer>) {
  const { corpus, report, failure } = await read(name, bytes);
  const columns = Object.fromEntries(corpus.columns.map((column) => [column.name, column.values[0]]));
  return { ...corpus.papers[0], columns, report, failure };
}

const CORE = `<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Word Document</dc:title>
<dc:creator>Iva Reed</dc:creator><cp:keywords>clay; fire</cp:keywords><dcterms:created>2018-04-05T08:00:00Z</dcterms:created></cp:coreProperties>`;

const STYLES = `<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>`;

const paragraph = (text: string, style = ''): string =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

const wordOf = (body: string): Uint8Array<ArrayBuffer> =>
  packageOf({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    'word/styles.xml': STYLES,
    'docProps/core.xml': CORE,
  });

describe('a Word document', () => {
  it('is one text with its title and properties', async () => {
    const found = await firstOf(
      'kiln/Draft 3.docx',
      wordOf(
        paragraph('On kilns', 'Titel') +
          paragraph('Clay &amp; ', '').replace(
            '</w:r>',
            '</w:r><w:r><w:tab/><w:t>fire</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>',
          ) +
          paragraph('Glazes', 'berschrift1') +
          `<w:tbl><w:tr><w:tc>${paragraph('A cell.')}</w:tc></w:tr></w:tbl>`,
      ),
    );
    expect(found).toMatchObject({ title: 'On kilns', authors: 'Iva Reed', date: '2018-04-05' });
    expect(found.text).toBe('Clay & \tfire\n\nGlazes\n\nA cell.');
    expect(found.columns).toMatchObject({ folder: 'kiln', keywords: 'clay; fire' });
  });

  it('has the name of its file where it has no title, and says when it is empty or damaged', async () => {
    expect((await firstOf('Two kilns.docx', wordOf(paragraph('Words.')))).title).toBe('Two kilns');
    expect((await firstOf('a.docx', wordOf(''))).failure?.message).toContain('holds no text');
    const whole = wordOf(paragraph('Words.'));
    expect((await firstOf('a.docx', whole.fill(7, 60, 90))).failure?.message).toMatch(
      /Word document is damaged|no text/u,
    );
  });
});

describe('other documents', () => {
  it('OpenDocument', async () => {
    const content = `<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>
<text:tracked-changes><text:p>old</text:p></text:tracked-changes><text:h text:outline-level="1">Salt</text:h>
<text:p>Sea<text:s text:c="2"/>salt<text:note><text:p>note</text:p></text:note> is<text:line-break/>white.</text:p></office:text></office:body></office:document-content>`;
    const meta =
      '<office:document-meta xmlns:dc="d" xmlns:meta="m"><dc:creator>Tom Oak</dc:creator><meta:keyword>sea</meta:keyword></office:document-meta>';
    const bytes = packageOf({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'content.xml': content,
      'meta.xml': meta,
    });
    const found = await firstOf('a.odt', bytes);
    expect(found).toMatchObject({
      title: 'Salt',
      text: 'Sea  salt is\nwhite.',
      authors: 'Tom Oak',
      columns: { keywords: 'sea' },
    });
  });

  it('slides, in the order of their numbers', async () => {
    const slide = (
      title: string,
      text: string,
    ): string => `<p:sld xmlns:p="p" xmlns:a="a"><p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr>
<p:txBody><a:p><a:r><a:t>${title}</a:t></a:r></a:p></p:txBody></p:sp><p:sp><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp></p:sld>`;
    const parts = Object.fromEntries(
      [2, 10, 1].map((i) => [`ppt/slides/slide${i}.xml`, slide(`Part ${i}`, `Words ${i}.`)]),
    );
    const found = await firstOf(
      'talk.pptx',
      packageOf({ '[Content_Types].xml': '<T/>', ...parts, 'ppt/presentation.xml': '<p/>' }),
    );
    expect(found.text).toBe('Words 1.\n\nPart 2\n\nWords 2.\n\nPart 10\n\nWords 10.');
    expect(found.title).toBe('Part 1');
  });

  it('a book, in the order of its spine', async () => {
    const opf = `<package xmlns:dc="d"><metadata><dc:title>The Kiln Book</dc:title><dc:creator>Iva Reed</dc:creator></metadata><manifest>
<item id="b" href="text/b%20c.xhtml"/><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>`;
    const bytes = packageOf({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml': '<container/>',
      'OEBPS/content.opf': opf,
      'OEBPS/a.xhtml': '<html><body><h2>One</h2><p>First.</p></body></html>',
      'OEBPS/text/b c.xhtml': '<html><body><p>Second.</p></body></html>',
    });
    expect(await firstOf('a.epub', bytes)).toMatchObject({
      title: 'The Kiln Book',
      text: 'One\n\nFirst.\n\nSecond.',
      authors: 'Iva Reed',
    });
  });
});

describe('a PDF document', () => {
  const body = [
    'The harbour was full of timber that sum-',
    'mer, and nobody counted it. There were also',
    'barrels of salt in every yard.',
  ];

  it('is one text, titled by its largest words', async () => {
    const found = await firstOf(
      'papers/h1.pdf',
      pdfOf([[['Timber in the Old Harbour', 20, 60], ...body.map((text, i) => [text, 11, 100 + i * 13] as const)]]),
    );
    expect(found).toMatchObject({ title: 'Timber in the Old Harbour', columns: { folder: 'papers', pages: 1 } });
    expect(found.text).toBe(
      'The harbour was full of timber that summer, and nobody counted it. There were also barrels of salt in every yard.',
    );
  });

  it('is its abstract, where it has one', async () => {
    const long = Array.from(
      { length: 8 },
      (_, i) => [`Words of the abstract, line number ${i}, go on.`, 11, 130 + i * 13] as const,
    );
    const page = [
      ['Timber in the Old Harbour', 20, 60] as const,
      ['Abstract', 13, 110] as const,
      ...long,
      ['1 Introduction', 13, 300] as const,
      ['Much more.', 11, 330] as const,
    ];
    const { text, title } = await firstOf('a.pdf', pdfOf([page], { Title: 'A Count of Timber', Author: 'Iva Reed' }));
    expect(title).toBe('A Count of Timber');
    expect(text).toMatch(/^Words of the abstract, line number 0.*number 7, go on\.$/su);
  });

  it('without words, or with a password, or damaged, says so', async () => {
    expect((await firstOf('a.pdf', pdfOf([[]]))).failure?.message).toMatch(/pictures \(scans\).*OCR/u);
    const broken = new TextEncoder().encode('%PDF-1.4\nnothing');
    expect((await firstOf('a.pdf', new Uint8Array(broken))).failure?.message).toMatch(/damaged.*save/u);
  });

  it('says how many pages are not read', async () => {
    const pages = Array.from({ length: 14 }, (_, i) => [[`Page ${i} has some words of its own.`, 11, 100] as const]);
    const { report, text } = await firstOf('a.pdf', pdfOf(pages));
    expect(report.warnings[0].reason).toBe('only the first 10 of 14 pages are read');
    expect(text).toContain('Page 9');
    expect(text).not.toContain('Page 10');
  });
});

describe('any bytes', () => {
  const whole = [
    ['a.docx', wordOf(paragraph('Words of a text.'))],
    [
      'a.odt',
      packageOf({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<a><text:p>x</text:p></a>' }),
    ],
    [
      'a.epub',
      packageOf({
        mimetype: 'application/epub+zip',
        'a.opf': '<p><item id="a" href="b.html"/><itemref idref="a"/></p>',
        'b.html': '<p>x',
      }),
    ],
  ] as const;

  it('are a text or a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...whole),
        fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 5 }),
        async ([name, bytes], changes) => {
          const changed = bytes.slice();
          for (const [at, value] of changes) if (at >= 4 && at < changed.length) changed[at] = value;
          const { corpus, report } = await read(name, changed);
          expect(corpus.papers.length + report.skipped.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('of a PDF are a text or a sentence', async () => {
    const pdf = pdfOf([[['Some words that are long enough to be read.', 12, 100]]]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(pdf.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        async (changes) => {
          const changed = pdf.slice();
          for (const [at, value] of changes) if (at >= 8) changed[at] = value;
          const { corpus, report } = await read('a.pdf', changed);
          expect(corpus.papers.length + report.skipped.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 100 },
    );
  });
});
