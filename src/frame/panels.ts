import type { MapData } from '../model/map-data.ts';
import { displayTitle, type Paper } from '../model/paper.ts';
import type { PixelPoint } from '../render/viewport.ts';

/** What stands over the map in a frame. Texts of papers become text nodes and nothing else. */
export interface Panels {
  readonly map: HTMLElement;
  /** Over the map: names of topics. */
  readonly labels: HTMLElement;
  readonly legend: HTMLDetailsElement;
  readonly input: HTMLInputElement;
  /** Hits in order, the first ones; null while nothing is searched for. */
  showHits(map: MapData, hits: readonly number[] | null): void;
  /** Null: none is selected. */
  showPaper(paper: Paper | null): void;
  /** What is under the pointer and where; null: nothing. `also` follows in plain letters. */
  showCard(name: string | null, at: PixelPoint | null, also?: string): void;
  /** One line below the search box: how much of the map stands out, and why. */
  showCount(sentence: string): void;
  /** Width that the open paper covers at the right edge, CSS pixels; 0 for none. */
  readonly paperWidthPx: number;
  /** The same of the hits, at the left edge. */
  readonly hitsWidthPx: number;
  /** One sentence at the lower edge; '' for none. */
  say(sentence: string): void;
}

const HITS_SHOWN = 50;
const SAY_MS = 1800;

/** The panels of `frame.html`. */
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
  const meta = [paper.authors, paper.date].filter(Boolean).join(' · ');
  if (meta !== '') parts.push(make('p', { dir: 'auto' }, meta));
  parts.push(make('p', { dir: 'auto' }, paper.text));
  // Read as an address of the web before: see Paper.
  if (paper.url !== null && /^https?:/iu.test(paper.url)) {
    const look = { href: paper.url, target: '_blank', rel: 'noopener noreferrer' };
    parts.push(make('a', look, new URL(paper.url).host));
  }
  return parts;
}

/** An element with properties and children; texts become text nodes. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
