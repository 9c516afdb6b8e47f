import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';

const WORDS =
  `amber anvil barley basin beacon brook cedar cinder clay copper delta ember fallow fern forge furrow garnet
  glacier harbor hazel heron hollow iron ivory juniper kelp kettle lantern larch linen maple marble meadow mortar nettle
  oak onyx orchard otter pebble pine plume quarry quartz reed ridge river saddle sage salt sedge slate spruce stone tallow
  thistle timber velvet walnut willow winter yarrow`.split(/\s+/u);

/** Papers that are the same in every run. @param {number} seed */
function makePapers(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const words = (/** @type {number} */ count) =>
    Array.from({ length: count }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ');
  return {
    /** @param {number} i */
    title: (i) => `${words(9)} ${i}`,
    text: () => `${words(70)}. ${words(60)}.`,
    /** @param {number} dimensions */
    vector: (dimensions) => Float32Array.from({ length: dimensions }, () => next() - 0.5),
    next,
    words,
  };
}

/**
 * A table in CSV with seven columns and texts of some 900 characters.
 * @param {string} path
 * @param {number} rows
 */
export async function writeCsv(path, rows) {
  const paper = makePapers(7);
  const out = createWriteStream(path);
  out.write('id,title,abstract,authors,date,journal,doi,citations\n');
  for (let i = 0; i < rows; i++) {
    const year = 2000 + (i % 24);
    const line = `p${i},"${paper.title(i)}","${paper.text()}","${paper.words(2)}; ${paper.words(2)}",${year}-0${1 + (i % 9)}-11,Annals of ${paper.words(1)},10.5555/b.${i},${i % 97}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

/**
 * A table in Parquet with a title, a text (unless `hasText` is false) and a vector of float32.
 * @param {string} path
 * @param {{ rows: number, dimensions: number, hasText: boolean }} size
 */
export async function writeParquet(path, { rows, dimensions, hasText }) {
  const paper = makePapers(11);
  const word = { type: /** @type {const} */ ('BYTE_ARRAY'), converted_type: /** @type {const} */ ('UTF8') };
  const required = { repetition_type: /** @type {const} */ ('REQUIRED') };
  const names = hasText ? ['title', 'text'] : ['title'];
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [
      { name: 'schema', num_children: names.length + 1 },
      ...names.map((name) => ({ name, ...word, ...required })),
      { name: 'vector', ...required, num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'FLOAT', ...required },
    ],
  });
  const group = 20_000;
  for (let from = 0; from < rows; from += group) {
    const at = Array.from({ length: Math.min(group, rows - from) }, (_, i) => from + i);
    const columnData = [
      { name: 'title', data: at.map((i) => paper.title(i)) },
      ...(hasText ? [{ name: 'text', data: at.map(() => paper.text()) }] : []),
      { name: 'vector', data: at.map(() => Array.from(paper.vector(dimensions))) },
    ];
    await writer.write({ columnData, rowGroupSize: group });
  }
  await writer.finish();
}
