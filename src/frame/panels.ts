import type { MapData } from '../model/map-data.ts';
import { displayTitle, type Paper } from '../model/paper.ts';
import type { PixelPoint } from '../render/viewport.ts';

/** What stands over the map in a frame. Texts of papers become text nodes and nothing else. */
export interface Panels {
  readonly stage: HTMLElement;
  readonly input: HTMLInputElement;
  /** Hits in order, the first ones; null while nothing is searched for. */
  showHits(map: MapData, hits: { readonly total: number; readonly indices: ArrayLike<number> } | null): void;
  /** Null: none is selected. */
  showPaper(paper: Paper | null): void;
  /** Null: the pointer is over none. */
  showCard(paper: Paper | null, at: PixelPoint | null): void;
  /** One sentence at the lower edge; '' for none. */
  say(sentence: string): void;
}

const HITS_SHOWN = 50;
const SAY_MS = 1800;

/** The panels of `frame.html`. */
export function findPanels(onPick: (index: number) => void, onClose: () => void): Panels {
  const [stage, hitList, count, paperPanel, card, says] = ['.stage', '.hits', '.count', '.paper', '.card', '.says'].map(
    need,
  );
  const input = document.querySelector('input');
  if (!input) throw new Error('frame.html has no input');
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    stage,
    input,
    showHits(map, hits) {
      const shown = hits ? Array.from(hits.indices).slice(0, HITS_SHOWN) : [];
      hitList.replaceChildren(...shown.map((index) => hitRow(map.corpus.papers[index], () => onPick(index))));
      hitList.hidden = shown.length === 0;
      count.textContent = hits ? `${hits.total} of ${map.corpus.papers.length} match` : '';
    },
    showPaper(paper) {
      paperPanel.hidden = paper === null;
      paperPanel.replaceChildren(...(paper ? paperParts(paper, onClose) : []));
    },
    showCard(paper, at) {
      card.hidden = paper === null || at === null;
      if (!paper || !at) return;
      card.textContent = displayTitle(paper);
      const { clientWidth: width, clientHeight: height } = stage;
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
  const row = document.createElement('li');
  row.append(button(displayTitle(paper), onClick));
  return row;
}

function button(text: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.dir = 'auto';
  made.textContent = text;
  made.addEventListener('click', onClick);
  return made;
}

function paperParts(paper: Paper, onClose: () => void): HTMLElement[] {
  const close = button('×', onClose);
  close.className = 'close';
  close.setAttribute('aria-label', 'Close');
  const parts = [close, element('h2', displayTitle(paper))];
  const meta = [paper.authors, paper.date].filter(Boolean).join(' · ');
  if (meta !== '') parts.push(element('p', meta));
  parts.push(element('p', paper.text));
  // Read as an address of the web before: see Paper.
  if (paper.url !== null && /^https?:/iu.test(paper.url)) {
    const link = document.createElement('a');
    link.href = paper.url;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.textContent = new URL(paper.url).host;
    parts.push(link);
  }
  return parts;
}

function element(tag: 'h2' | 'p', text: string): HTMLElement {
  const made = document.createElement(tag);
  made.dir = 'auto';
  made.textContent = text;
  return made;
}
