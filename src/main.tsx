import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter';
import '@fontsource-variable/source-serif-4';
import './ui/styles/tokens.css';
import './ui/styles/layout.css';
import './ui/styles/controls.css';
import './ui/styles/reading.css';
import './ui/styles/topics.css';
import './ui/styles/search.css';
import './ui/styles/selection.css';
import './ui/styles/filter.css';
import './ui/styles/neighbors.css';
import './ui/styles/compare.css';
import './ui/styles/dimensions.css';
import './ui/styles/palette.css';
import { followAddress } from './app/address/follow-address.ts';
import { urlOptions } from './app/address/url.ts';
import { rememberedSingleKeys } from './app/commands/single-keys.ts';
import { offerUnfinished } from './app/maps/unfinished.ts';
import { startOffline } from './app/offline.ts';
import { setState } from './app/store.ts';
import { rememberedTheme } from './app/theme.ts';
import { installTrustedScripts } from './offline/trusted-scripts.web.ts';
import { App } from './ui/App.tsx';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';

installTrustedScripts(new URL('./', document.baseURI).href);
setState({ theme: rememberedTheme(), singleKeys: rememberedSingleKeys(), budget: urlOptions().budget });
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <ErrorBoundary what="page">
    <App />
  </ErrorBoundary>,
);

followAddress();
void startOffline();
void offerUnfinished();
