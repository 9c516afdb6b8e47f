import { toFailure } from '../model/failure.ts';
import { fetchMap, makeHostLink } from './host-link.ts';
import { frameOptions } from './protocol.ts';
import { connectTools } from './tools.ts';
import { makeViewer } from './viewer.ts';

// The script of frame.html, and of exported single-file pages, which hold their map in the element #map.
const options = frameOptions(location.hash);
const link = makeHostLink(options.host);
const viewer = makeViewer(options, link.tell);
const tools = connectTools(viewer, document.getElementById('map') ? '' : options.map);
const says = document.querySelector('.says');

/** Says why no map is shown; '' when one is. */
function explain(message: string): void {
  if (says) says.textContent = message && `The map could not be shown: ${message}`;
}

async function open(bytes: ArrayBuffer): Promise<{ papers: number; name: string }> {
  const opened = await viewer.open(bytes);
  explain('');
  link.tell('loaded', opened);
  tools.name(opened.name);
  document.documentElement.dataset.papers = String(opened.papers);
  return opened;
}

async function start(): Promise<void> {
  link.serve(viewer, open, explain);
  const inside = document.getElementById('map')?.textContent;
  if (!inside && options.map === '') return;
  try {
    const bytes = inside
      ? Uint8Array.from(atob(inside), (character) => character.charCodeAt(0)).buffer
      : await fetchMap(options.map, (loaded, total) => link.tell('progress', { loaded, total }));
    await open(bytes);
    if (options.query !== '') await viewer.search(options.query);
    if (viewer.topics().some(({ id }) => id === options.topic)) viewer.select({ topic: options.topic });
    if (options.view) viewer.setView(options.view);
  } catch (error) {
    const { code, message } = toFailure(error, 'map-file');
    link.tell('error', { code, message });
    // The host page fetches the map itself then, and orders it once more if it cannot.
    if (code !== 'network' || options.host === '') explain(message);
  }
}

void start();
