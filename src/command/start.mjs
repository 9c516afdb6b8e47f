import { needBuild, needNode, needPackages } from './prepare.mjs';

// `npm start`: from a fresh clone to the page, with nothing installed but Node.js.
needNode();
needPackages();
needBuild();
const { serveSite } = await import('./serve.mjs');
const { url } = await serveSite(4173);
console.log(`Portolan is at ${url}  (Ctrl+C ends it)`);
