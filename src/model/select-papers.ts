import { checkMapData, type MapData } from './map-data.ts';
import { joinSentences, sentenceParts } from './sentence-vectors.ts';

/**
 * The map of some of its papers, with the same places and vectors. Neighbours are left out because those of a part
 * differ from those of the whole; topics and measures of quality because they describe the whole.
 * @param indices which papers, each once, in this order
 */
export function selectPapers(map: MapData, indices: readonly number[]): MapData {
  const { corpus, positions, embedding, sentences, summaries, info } = map;
  const parts = sentences ? sentenceParts(sentences) : [];
  const cols = embedding?.cols ?? 0;
  const places = new Float32Array(2 * indices.length);
  const rows = new Int8Array(indices.length * cols);
  const scales = new Float32Array(embedding ? indices.length : 0);
  indices.forEach((index, row) => {
    places.set(positions.subarray(2 * index, 2 * index + 2), 2 * row);
    if (!embedding) return;
    rows.set(embedding.data.subarray(index * cols, (index + 1) * cols), row * cols);
    scales[row] = embedding.scales[index];
  });
  return checkMapData({
    corpus: {
      ...corpus,
      papers: indices.map((index) => corpus.papers[index]),
      columns: corpus.columns.map((column) => ({ ...column, values: indices.map((index) => column.values[index]) })),
    },
    positions: places,
    neighbors: null,
    ...(map.reduction ? { reduction: map.reduction } : {}),
    embedding: embedding ? { ...embedding, data: rows, scales, rows: indices.length } : null,
    ...(sentences
      ? {
          sentences: joinSentences(
            indices.map((index) => parts[index]),
            sentences.cols,
          ),
        }
      : {}),
    preservation: null,
    topics: null,
    summaries: summaries ? indices.map((index) => summaries[index]) : null,
    info: { ...info, quality: null, counts: { ...info.counts, papers: indices.length } },
  });
}
