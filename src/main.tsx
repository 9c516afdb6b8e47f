import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter';
import '@fontsource-variable/source-serif-4';
import './ui/styles/tokens.css';
import './ui/styles/layout.css';
import './ui/styles/controls.css';
import './ui/styles/reading.css';
import './ui/styles/topics.css';
import './ui/styles/search.css';
import './ui/styles/neighbors.css';
import './ui/styles/palette.css';
import { App } from './ui/App.tsx';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';
import { openMapAt, SAMPLE_MAP } from './ui/open-map.ts';
import { rememberedSingleKeys } from './ui/palette/single-keys.ts';
import { setState } from './ui/store.ts';
import { rememberedTheme } from './ui/theme.ts';
import { urlOptions } from './ui/url.ts';

setState({ theme: rememberedTheme(), singleKeys: rememberedSingleKeys() });
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <ErrorBoundary what="page">
    <App />
  </ErrorBoundary>,
);

let opened = '';

/** Opens the map that the address names, when it is another one than before. */
function followAddress(): void {
  const { map } = urlOptions();
  const wanted = map || SAMPLE_MAP;
  if (wanted === 'none' || wanted === opened) return;
  opened = wanted;
  void openMapAt(wanted);
}

followAddress();
window.addEventListener('hashchange', followAddress);
