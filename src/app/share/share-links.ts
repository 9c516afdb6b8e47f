import { capital, type Noun } from '../../model/noun.ts';
import type { ThemeChoice } from '../state.ts';

/** A link to a map, or why there is none. */
export type MapLink =
  | { readonly kind: 'page' | 'viewer'; readonly href: string }
  | { readonly kind: 'none'; readonly why: string };

/**
 * The link that opens the map file at `address` with the view that `viewHash` describes. A file of the page's own site
 * opens in the page; the page's policy forbids it other sites, so a file there opens in the viewer, without a view.
 * `base`: the address of the page's folder. Relative addresses are meant from there.
 */
export function mapLink(base: string, address: string, viewHash: string): MapLink {
  const trimmed = address.trim();
  if (trimmed === '') return { kind: 'none', why: '' };
  const url = parsed(trimmed, base);
  if (!url || !/^https?:$/u.test(url.protocol)) {
    return { kind: 'none', why: 'An address begins with https://, or is a path from this page’s folder.' };
  }
  const own = new URL(base);
  if (url.origin !== own.origin) {
    if (url.protocol !== 'https:')
      return { kind: 'none', why: 'A map on another site must be at an https:// address.' };
    return { kind: 'viewer', href: `${base}frame.html#map=${encodeURIComponent(url.href)}` };
  }
  const path = url.href.startsWith(base) ? url.href.slice(base.length) : url.pathname;
  const pairs = new URLSearchParams(viewHash.replace(/^#/u, ''));
  pairs.delete('map');
  const view = readable(pairs);
  return {
    kind: 'page',
    href: `${base}#map=${readable(new URLSearchParams({ map: path })).slice('map='.length)}${view && `&${view}`}`,
  };
}

/** Whether a page at `base` is only on the reader's own computer, so that its links work nowhere else. */
export function isOwnComputer(base: string): boolean {
  const { hostname, protocol } = new URL(base);
  return protocol === 'file:' || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname);
}

/** What an embedded map shows. */
export interface EmbedOptions {
  /** Address of the map file. */
  readonly map: string;
  readonly heightPx: number;
  readonly theme: ThemeChoice;
  /** As in a link; '' for the map's own choice. */
  readonly color: string;
  /** Whether the wheel moves the map without Ctrl. */
  readonly isGreedy: boolean;
  readonly name: string;
}

/** The lines of HTML that show a map in another page, by the element of `portolan.js`. Texts are escaped. */
export function embedSnippet(base: string, { map, heightPx, theme, color, isGreedy, name }: EmbedOptions): string {
  const attributes = [
    ['src', map],
    ['height', String(heightPx)],
    ['theme', theme],
    ...(color === '' ? [] : [['color', color]]),
    ...(isGreedy ? [['gestures', 'greedy']] : []),
    ['label', name],
  ];
  const written = attributes.map(([key, value]) => `${key}="${escaped(value)}"`).join(' ');
  return [
    `<script src="${escaped(`${base}portolan.js`)}" defer></script>`,
    `<portolan-map ${written}></portolan-map>`,
  ].join('\n');
}

/** Whom each way of sharing is for, in one sentence. */
export function shareSentences({
  many,
}: Noun): Readonly<Record<'link' | 'map' | 'page' | 'embed' | 'picture' | 'table', string>> {
  return {
    link: 'For anyone with a browser: opens the map as you see it now.',
    map: `For colleagues who use Portolan, and for your own later: everything, in one file that also pandas and DuckDB read.`,
    page: `For readers without Portolan: one HTML file to mail or to put on any site; it opens without a server or a network.`,
    embed: 'For your own website or documentation: the map as a part of a page.',
    picture: 'For slides, papers and print: the map with its names, on a sheet of its own.',
    table: `For spreadsheets, scripts and reference managers. ${capital(many)} with their places and topics.`,
  };
}

function parsed(address: string, base: string): URL | null {
  try {
    return new URL(address, base);
  } catch {
    return null;
  }
}

function readable(pairs: URLSearchParams): string {
  return pairs.toString().replaceAll('%2C', ',').replaceAll('%2F', '/').replaceAll('%3A', ':');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
