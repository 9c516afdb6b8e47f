import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter';
import '@fontsource-variable/source-serif-4';
import './ui/styles/tokens.css';
import './ui/styles/layout.css';
import './ui/styles/controls.css';
import './ui/styles/reading.css';
import './render/labels/topic-labels.css';
import './ui/styles/topics.css';
import './ui/styles/search.css';
import './ui/styles/selection.css';
import './ui/styles/filter.css';
import './ui/styles/media.css';
import './ui/styles/neighbors.css';
import './ui/styles/compare.css';
import './ui/styles/dimensions.css';
import './ui/styles/palette.css';
import { makeApp, startApp } from './app/app.ts';
import { offerPort } from './app/automation/offer-port.ts';
import { installTrustedScripts } from './offline/trusted-scripts.web.ts';
import { App } from './ui/App.tsx';
import { AppContext } from './ui/app-context.ts';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';

installTrustedScripts(new URL('./', document.baseURI).href);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
const app = makeApp();
window.portolan = offerPort(app);
createRoot(root).render(
  <ErrorBoundary what="page">
    <AppContext value={app}>
      <App />
    </AppContext>
  </ErrorBoundary>,
);

startApp(app);
