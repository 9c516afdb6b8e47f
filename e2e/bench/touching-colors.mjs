/**
 * Counts, for map files as the page shows them, the pairs of topics that touch and whose colours somebody takes for one:
 * a CIEDE2000 under 20 in either theme, with all cones or without one kind. Fails if there are any.
 * `node e2e/bench/touching-colors.mjs MAP.parquet …`
 */
import { readFileSync } from 'node:fs';
import { loadTypeScript } from '../../src/command/load-typescript.mjs';

const { decodeMapFile } = await loadTypeScript('src/model/map-file/decode-map-file.ts');
const { confusedPairs, withSoundHues } = await loadTypeScript('src/math/topic-hues.ts');
for (const path of process.argv.slice(2)) {
  const { topics, positions } = await decodeMapFile(new Uint8Array(readFileSync(path)).buffer);
  if (!topics) continue;
  const tops = topics.topics.filter((/** @type {{ parent: number }} */ { parent }) => parent < 0).length;
  const stored = confusedPairs(topics, positions).length;
  const shown = confusedPairs(withSoundHues(topics, positions), positions).length;
  console.log(`${path}: ${tops} topics, ${stored} confused pairs as stored, ${shown} as shown`);
  if (shown > 0) process.exitCode = 1;
}
