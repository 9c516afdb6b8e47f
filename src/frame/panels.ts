import type { MapData } from '../model/map-data.ts';
import type { Paper } from '../model/paper.ts';
import type { PixelPoint } from '../render/viewport.ts';
import { displayTitle, readableNames, readableText } from '../text/readable.ts';

/** The panels over the map in a frame. Papers' texts become text nodes only, never markup. */
export interface Panels {
  readonly map: HTMLElement;
  /** The layer of topic names over the map. */
  readonly labels: HTMLElement;
  readonly legend: HTMLDetailsElement;
  readonly input: HTMLInputElement;
  /** Shows the first hits, in the given order; null without a search. */
  showHits(map: MapData, hits: readonly number[] | null): void;
  /** Null closes the paper. */
  showPaper(paper: Paper | null): void;
  /** Names what is under the pointer; null hides the card. `also` follows in plain type. */
  showCard(name: string | null, at: PixelPoint | null, also?: string): void;
  /** Sets the line below the search box: how much of the map is highlighted, and why. */
  showCount(sentence: string): void;
  /** Width that the open paper covers at the right edge, CSS pixels; 0 for none. */
  readonly paperWidthPx: number;
  /** The same for the hits, at the left edge. */
  readonly hitsWidthPx: number;
  /** Shows one sentence at the lower edge; '' for none. */
  say(sentence: string): void;
}

const HITS_SHOWN = 50;
const SAY_MS = 1800;

/** Finds the panels in `frame.html` and connects their events. */
export function findPanels(onPick: (index: number) => void, onClose: () => void): Panels {
  const [map, labels, hitList, count, paperPanel, card, says] = [
    '.map',
    '.labels',
    '.hits',
    '.count',
    '.paper',
    '.card',
    '.says',
  ].map(need);
  const input = document.querySelector('input');
  const legend = document.querySelector('details');
  if (!input || !legend) throw new Error('frame.html has no input, or no details');
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    map,
    labels,
    legend,
    input,
    get paperWidthPx() {
      return paperPanel.hidden ? 0 : paperPanel.offsetWidth;
    },
    get hitsWidthPx() {
      return hitList.hidden ? 0 : hitList.offsetWidth;
    },
    showHits(map, hits) {
      const shown = hits?.slice(0, HITS_SHOWN) ?? [];
      hitList.replaceChildren(...shown.map((index) => hitRow(map.corpus.papers[index], () => onPick(index))));
      hitList.hidden = shown.length === 0;
    },
    showPaper(paper) {
      paperPanel.hidden = paper === null;
      paperPanel.replaceChildren(...(paper ? paperParts(paper, onClose) : []));
    },
    showCount(sentence) {
      if (count.textContent !== sentence) count.textContent = sentence;
    },
    showCard(name, at, also = '') {
      card.hidden = name === null || at === null;
      if (name === null || !at) return;
      card.replaceChildren(make('strong', { dir: 'auto' }, name), also);
      const { clientWidth: width, clientHeight: height } = map;
      card.style.left = `${Math.max(4, Math.min(at.px + 12, width - card.offsetWidth - 4))}px`;
      card.style.top = `${Math.max(4, Math.min(at.py + 12, height - card.offsetHeight - 4))}px`;
    },
    say(sentence) {
      says.textContent = sentence;
      clearTimeout(timer);
      if (sentence !== '') timer = setTimeout(() => says.replaceChildren(), SAY_MS);
    },
  };
}

function need(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`frame.html has no ${selector}`);
  return element;
}

function hitRow(paper: Paper, onClick: () => void): HTMLElement {
  return make('li', {}, makeButton(displayTitle(paper), onClick));
}

function makeButton(text: string, onClick: () => void): HTMLButtonElement {
  const button = make('button', { type: 'button', dir: 'auto' }, text);
  button.addEventListener('click', onClick);
  return button;
}

function paperParts(paper: Paper, onClose: () => void): HTMLElement[] {
  const close = makeButton('×', onClose);
  close.className = 'close';
  close.setAttribute('aria-label', 'Close');
  const parts: HTMLElement[] = [close, make('h2', { dir: 'auto' }, displayTitle(paper))];
  const meta = [readableNames(paper.authors ?? ''), paper.date].filter(Boolean).join(' · ');
  if (meta !== '') parts.push(make('p', { dir: 'auto' }, meta));
  parts.push(make('p', { dir: 'auto' }, readableText(paper.text)));
  // Checked again, although `Paper.url` should hold only http(s) addresses.
  if (paper.url !== null && /^https?:/iu.test(paper.url)) {
    const look = { href: paper.url, target: '_blank', rel: 'noopener noreferrer' };
    parts.push(make('a', look, new URL(paper.url).host));
  }
  return parts;
}

/** Makes an element with properties and children. Strings become text nodes. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
