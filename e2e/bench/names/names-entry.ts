import { decodeMapFile } from '../../../src/model/map-file/decode-map-file.ts';
import { topicView } from '../../../src/model/topic-view.ts';
import { type NameFaults, nameFaults, type WindowSize } from './name-faults.ts';

const SIZES: readonly WindowSize[] = [
  { widthPx: 1440, heightPx: 900 },
  { widthPx: 820, heightPx: 1180 },
  { widthPx: 360, heightPx: 740 },
];

/** The faults of a map file's names in windows of a desk, a tablet and a phone. Throws where it has no topics. */
export async function checkNames(file: ArrayBuffer): Promise<(NameFaults & WindowSize)[]> {
  const { topics, positions } = await decodeMapFile(file);
  if (!topics) throw new Error('The map has no topics.');
  const view = topicView(topics);
  return SIZES.map((size) => ({ ...size, ...nameFaults({ view, positions }, size) }));
}
