import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headOf, rankFormats } from '../detect.web.ts';
import { type Collected, collect, readAll } from '../fixtures/collect.ts';
import type { FileOptions } from '../read.api.ts';
import { titleOfName } from './document.ts';
import { makeDocumentParser } from './parser.ts';

/** Reads `text` as the one document of its file. */
function read(
  text: string,
  name = 'notes/My note.md',
  take: 'takeDocument' | 'takeSections' = 'takeDocument',
  size = 1 << 16,
) {
  const head = headOf({ name, text: text.slice(0, 65_536), whole: true, companions: 3, documents: 3 });
  return collect((sink) => makeDocumentParser(take)(sink, {}, head), text, size);
}

const fieldsOf = ({ records }: Collected) => new Map(records[0].extra);

/** The likeliest format of a file among `documents` others. */
function formatOf(text: string, name: string, documents: number, options: FileOptions = {}): string {
  const head = headOf({ name, text, whole: true, companions: documents, documents });
  return rankFormats(head, options.format)[0].name;
}

async function readFiles(files: Readonly<Record<string, string>>) {
  return readAll(Object.entries(files).map(([name, text]) => ({ name, blob: new Blob([text]) })));
}

describe('a note with front matter', () => {
  it('is one text with what stands before it as fields', () => {
    const note = read(`---
title: "Of lamps: a note"
created: 2019-04-02
author: [Iva Reed, {name: Tom Oak}]
tags: [Glass, light/warm]
link: https://example.org/lamps
related: [[Wicks]]
rating: 4
---
A lamp needs [[Wicks|a wick]] and #oil. %% later %%

## Care

\`\`\`
# no heading
\`\`\`
See ![[lamp.png]][oils](https://example.org/oils).
`);
    expect(note.records).toHaveLength(1);
    expect(note.records[0]).toMatchObject({
      title: 'Of lamps: a note',
      date: '2019-04-02',
      authors: 'Iva Reed; Tom Oak',
      url: 'https://example.org/lamps',
    });
    expect(note.records[0].text).toMatch(
      /^A lamp needs a wick and #oil\.\s+## Care\s+```\n# no heading\n```\nSee \[oils\]/u,
    );
    const fields = fieldsOf(note);
    expect(fields.get('tags')).toEqual(['Glass', 'light/warm', 'oil']);
    expect(fields.get('links')).toEqual(['Wicks', 'https://example.org/oils']);
    expect(fields.get('folder')).toBe('notes');
    expect(fields.get('rating')).toBe(4);
  });

  it('keeps simple lines of front matter that is not valid, and says so', () => {
    const { records, warnings } = read('---\ntitle: A: b: [c\ntags: x, y\n---\nWords here.');
    expect(records[0]).toMatchObject({ title: 'A: b: [c', text: 'Words here.' });
    expect(warnings[0].reason).toContain('not valid YAML');
  });

  it.each([
    ['+++\ntitle = "Kiln"\ndate = 2020-02-01\ntags = ["a", "b"]\n+++\nText.', 'Kiln', '2020-02-01'],
    ['Title: Kiln\nDate: 2020-02-01\n\nText.', 'Kiln', '2020-02-01'],
    ['From: iva@example.org\nSubject: Kiln\nDate: 1 Feb 2020\n\nText.', 'Kiln', '2020-02-01'],
  ])('may be written in other ways: %j', (text, title, date) => {
    expect(read(text).records[0]).toMatchObject({ title, date, text: 'Text.' });
  });

  it('is not seen in lines that separate', () => {
    expect(read('---\nOne part\n---\nAnother').records[0].text).toContain('One part');
    expect(read('Note: this is prose.\nAnd it goes on.').records[0].text).toContain('Note: this');
  });
});

describe('the title of a document', () => {
  it.each([
    ['# Ferry\n\nText.\n\n## Part', 'a/x.md', 'Ferry'],
    ['Ferry\n=====\n\nText.', 'a/x.md', 'Ferry'],
    ['# Monday\n\nText.\n\n# Tuesday\n\nText.', 'a/Log 7.md', 'Log 7'],
    ['Text only.', 'a/b/Ferry to Hull.v2.txt', 'Ferry to Hull.v2'],
    ['Ferry\n~~~~~\n\n:author: Iva\n\nText.', 'a/x.rst', 'Ferry'],
    ['#+TITLE: Ferry\n#+DATE: 2020-01-02\n\n* Part\nText.', 'a/x.org', 'Ferry'],
    ['= Ferry\n\nText.', 'a/x.adoc', 'Ferry'],
    [
      '\\documentclass{a}\\title{The {Big} Ferry}\\begin{document}\\section{One}\nText.\\end{document}',
      'x.tex',
      'The {Big} Ferry',
    ],
    ['<!doctype html><title>Ferry | Site</title><body><h1>Ferry</h1><p>Text.', 'x.html', 'Ferry'],
    ['<html><head><title>Ferry</title></head><p>Text.</p></html>', 'x.html', 'Ferry'],
  ])('%j in %s', (text, name, title) => {
    expect(read(text, name).records[0]).toMatchObject({ title });
    expect(read(text, name).records[0].text).toMatch(/Text/u);
  });

  it('comes from the name without folders and endings', () => {
    expect(['a/b.md', '20 Jan.txt', '.profile', 'x.tar.gz', 'No. 5'].map(titleOfName)).toEqual([
      'b',
      '20 Jan',
      '.profile',
      'x',
      'No. 5',
    ]);
  });

  it('gives the day of a diary', () => {
    expect(read('Rain.', 'diary/2018-11-03.md').records[0]).toMatchObject({ title: '2018-11-03', date: '2018-11-03' });
  });
});

describe('a web page', () => {
  it('is its own words without menus, scripts and marks', () => {
    const page = read(
      `<!DOCTYPE html><html><head><title>Tide tables – Harbour</title><meta name="author" content="Iva Reed">
<meta property="article:published_time" content="2021-06-05T10:00:00Z"><style>p{}</style></head>
<body><nav><a>Home</a></nav><main><h1>Tide tables</h1><script>if (a < b) "</p>"</script><p>High &amp; low<br>water,
twice a day.</p><!-- <p>no --><ul><li>Neap<li>Spring</ul></main><footer>Imprint</footer></body></html>`,
      'site/tides.html',
    );
    expect(page.records[0]).toMatchObject({ title: 'Tide tables', authors: 'Iva Reed', date: '2021-06-05' });
    expect(page.records[0].text).toBe('High & low\n\nwater, twice a day.\n\nNeap\n\nSpring');
  });

  it('alone is its articles, or its sections', () => {
    const articles = [1, 2, 3].map((i) => `<article><h2>Item ${i}</h2><p>Words of item ${i}.</p></article>`);
    const list = read(`<html><body><h1>All</h1>${articles.join('')}</body></html>`, 'a.html', 'takeSections');
    expect(list.records.map(({ title, text }) => [title, text])).toEqual([
      ['Item 1', 'Words of item 1.'],
      ['Item 2', 'Words of item 2.'],
      ['Item 3', 'Words of item 3.'],
    ]);
    expect(formatOf('<html><p>Hi', 'a.html', 0)).toBe('sections');
    expect(formatOf('<html><p>Hi', 'a.html', 2)).toBe('document');
  });

  it('takes linear time, whatever is not closed', () => {
    for (const part of ['<', '<!--', '<script>', '<p ', '</', '<article>', '<meta name="', '&', '<svg/>']) {
      expect(read(`<html>${part.repeat(300_000)}`, 'a.html').failure).toBeNull();
    }
  });
});

describe('one long file', () => {
  it('is a text a section, with the headings above', () => {
    const { records } = read('Before.\n\n# A\n\n## A1\nOne.\n\n## A2\nTwo.\n\n# B\n', 'a.md', 'takeSections');
    expect(
      records.map(({ title, text, extra, line }) => [title, text, new Map(extra).get('section') ?? '', line]),
    ).toEqual([
      ['', 'Before.', '', 1],
      ['A1', 'One.', 'A', 6],
      ['A2', 'Two.', 'A', 9],
      ['B', '', '', 11],
    ]);
  });

  it('without sections is a text a paragraph', () => {
    const { records } = read('---\ntitle: X\n---\nOne\ngoes on.\n\nTwo.\n\nThree.', 'a.md', 'takeSections');
    expect(records.map(({ text, line }) => [text, line])).toEqual([
      ['One\ngoes on.', 4],
      ['Two.', 7],
      ['Three.', 9],
    ]);
  });
});

describe('files given together', () => {
  const prose = 'The boat went out at dawn, and nobody\nsaw it come back before the storm\nwas over.\n';
  const list = Array.from({ length: 150 }, (_, i) => `Guest ${i} wrote that the room was fine.`).join('\n');

  it('are one text each where they read as prose, and lists of texts where they do not', () => {
    expect(formatOf(prose, 'a/1.txt', 2)).toBe('document');
    expect(formatOf(prose.repeat(60), 'a/1.txt', 9)).toBe('document');
    expect(formatOf(list, 'a/1.txt', 2)).toBe('lines');
    expect(formatOf(prose, 'a/1.txt', 0)).not.toBe('document');
    expect(formatOf(list, 'a/1.txt', 2, { format: 'document' })).toBe('document');
    const talk = Array.from({ length: 150 }, (_, i) => `${i % 2 ? 'Iva' : 'Tom'}: Well, that is so.`).join('\n');
    expect(formatOf(talk, 'a/1.txt', 2)).toBe('document');
  });

  it('are all read, whatever their kinds', async () => {
    const { corpus, report } = await readFiles({
      'n/a.md': '# A\n\nOne text.',
      'n/b.txt': 'Another text,\nof two lines.',
      'n/c.html': '<html><title>C</title><p>A third.</html>',
      'n/empty.md': '---\ntags: x\n---\n',
    });
    expect(corpus.papers.map(({ title }) => title)).toEqual(['A', 'b', 'C']);
    expect(report.skipped).toEqual([{ file: 'n/empty.md', line: 0, reason: 'it holds no text' }]);
  });

  it('leave out what only describes tables, and say so', async () => {
    const table = 'title,text\nOne,Some words of one.\nTwo,Some words of two.\n';
    const { corpus, report } = await readFiles({ 'd/README.md': '# About', 'd/data.csv': table });
    expect(corpus.papers).toHaveLength(2);
    expect(report.skipped).toEqual([{ file: 'd/README.md', line: 0, reason: expect.stringContaining('describes') }]);
  });
});

describe('any text', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '---\n',
      '+++\n',
      '# ',
      '\n',
      '\n\n',
      '===\n',
      '[[',
      ']]',
      '<p>',
      '</p>',
      '<article>',
      '<h1>',
      'a: b\n',
    ),
    fc.constantFrom(
      '<!--',
      '-->',
      '%%',
      '\\section{',
      '}',
      '&amp;',
      '```\n',
      '- [x',
      ': &a',
      '*a',
      '{',
      '[',
      '<script>',
    ),
  );

  it('is a document or its sections, and never an error', () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 30 }),
        fc.constantFrom('a.md', 'a.txt', 'f/a.html', 'a.rst', 'a.org', 'a.adoc', 'a.tex', 'a'),
        fc.constantFrom('takeDocument' as const, 'takeSections' as const),
        fc.integer({ min: 1, max: 30 }),
        (parts, name, take, size) => {
          const text = parts.join('');
          const found = read(text, name, take, size);
          expect(found.failure).toBeNull();
          const { records, skipped } = read(text, name, take);
          expect([found.records, found.skipped]).toEqual([records, skipped]);
          if (take === 'takeDocument') expect(records.length + skipped.length).toBe(1);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
