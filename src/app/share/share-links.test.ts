import { describe, expect, it } from 'vitest';
import { embedSnippet, isOwnComputer, mapLink } from './share-links.ts';

const BASE = 'https://maps.example/here/';

describe('the link to a map', () => {
  it('opens a file of the same site in the page, with the view', () => {
    expect(mapLink(BASE, 'maps/mine.parquet', '#map=old&v=1&q=owls&color=2')).toEqual({
      kind: 'page',
      href: `${BASE}#map=maps/mine.parquet&v=1&q=owls&color=2`,
    });
    expect(mapLink(BASE, `${BASE}a.parquet`, '')).toEqual({ kind: 'page', href: `${BASE}#map=a.parquet` });
    expect(mapLink(BASE, '/other/a.parquet', '')).toEqual({ kind: 'page', href: `${BASE}#map=/other/a.parquet` });
  });

  it('opens a file of another site in the viewer, which may fetch it', () => {
    expect(mapLink(BASE, 'https://files.example/a b.parquet', '#q=owls')).toEqual({
      kind: 'viewer',
      href: `${BASE}frame.html#map=https%3A%2F%2Ffiles.example%2Fa%2520b.parquet`,
    });
  });

  it.each([
    ['', ''],
    ['http://files.example/a.parquet', 'A map on another site must be at an https:// address.'],
    ['javascript:alert(1)', 'An address begins with https://, or is a path from this page’s folder.'],
    ['https://', 'An address begins with https://, or is a path from this page’s folder.'],
  ])('to “%s” is none', (address, why) => {
    expect(mapLink(BASE, address, '')).toEqual({ kind: 'none', why });
  });

  it('is known to work nowhere else where the page is on one’s own computer', () => {
    const bases = [BASE, 'http://localhost:4173/', 'http://127.0.0.1/', 'file:///home/a/dist/'];
    expect(bases.map(isOwnComputer)).toEqual([false, true, true, true]);
  });
});

describe('the snippet', () => {
  it('has the options that were chosen, and its texts end no attribute', () => {
    const options = {
      map: 'a.parquet',
      heightPx: 480,
      theme: 'auto',
      color: '',
      isGreedy: false,
      name: '"><script>',
    } as const;
    expect(embedSnippet(BASE, options)).toBe(
      `<script src="${BASE}portolan.js" defer></script>\n<portolan-map src="a.parquet" height="480" theme="auto" label="&quot;&gt;&lt;script&gt;"></portolan-map>`,
    );
    const other = embedSnippet(BASE, { ...options, color: 'year', isGreedy: true });
    expect(other).toContain('color="year" gestures="greedy"');
  });
});
