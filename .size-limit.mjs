import { readFileSync } from 'node:fs';

/** The scripts that a page loads at once: those it names, and their static imports, which Vite lists for preloading. */
function scriptsOf(page) {
  const names = readFileSync(`dist/${page}`, 'utf8').match(/assets\/[^"]+\.js/g) ?? [];
  return [...new Set(names)].map((name) => `dist/${name}`);
}

/** Bytes after Brotli, as a static server would send them. */
export default [
  { name: 'page, first load (JS)', path: scriptsOf('index.html'), limit: '220 kB', brotli: true },
  {
    name: 'frame, first load',
    path: ['dist/frame.html', 'dist/frame.js', 'dist/frame.css'],
    limit: '130 kB',
    brotli: true,
  },
  { name: 'element for other pages', path: 'dist/portolan.js', limit: '3 kB', brotli: true },
  { name: 'service worker', path: 'dist/sw.js', limit: '12 kB', brotli: true },
  { name: 'styles', path: 'dist/assets/main-*.css', limit: '15 kB', brotli: true },
  { name: 'encode worker', path: 'dist/assets/encode.worker-*.js', limit: '140 kB', brotli: true },
  { name: 'project worker', path: 'dist/assets/project.worker-*.js', limit: '45 kB', brotli: true },
  { name: 'neighbour worker', path: 'dist/assets/knn.worker-*.js', limit: '16 kB', brotli: true },
  { name: 'lexical worker', path: 'dist/assets/lexical.worker-*.js', limit: '45 kB', brotli: true },
  { name: 'read worker', path: 'dist/assets/read.worker-*.js', limit: '65 kB', brotli: true },
  { name: 'search worker', path: 'dist/assets/search.worker-*.js', limit: '30 kB', brotli: true },
  { name: 'analysis worker', path: 'dist/assets/analysis.worker-*.js', limit: '55 kB', brotli: true },
  { name: 'contours worker', path: 'dist/assets/contours.worker-*.js', limit: '15 kB', brotli: true },
  { name: 'map file worker', path: 'dist/assets/map-file.worker-*.js', limit: '120 kB', brotli: true },
];
