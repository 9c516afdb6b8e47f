import { needBuild, needNode, needPackages } from './prepare.mjs';

// `npm start`: from a fresh clone to the page, with nothing installed but Node.js. `PORT=8080 npm start` asks for a port.
const { PORT = '4173' } = process.env;
if (!/^\d{1,5}$/u.test(PORT) || Number(PORT) > 65_535) {
  console.error(`PORT is “${PORT}”, but a port is a number from 1 to 65535; 0 means any that is free.`);
  process.exit(1);
}
needNode();
needPackages();
needBuild();
const { serveSite } = await import('./serve.mjs');
const { url } = await serveSite(Number(PORT));
console.log(`Portolan is at ${url}  (Ctrl+C ends it)`);
