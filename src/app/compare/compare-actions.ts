import type { KeptMap } from '../../library/database.web.ts';
import type { ProjectInfo } from '../../model/map-data.ts';
import { displayTitle } from '../../model/paper.ts';
import type { Progress } from '../../model/progress.ts';
import { topicView } from '../../model/topic-view.ts';
import type { TopicTree } from '../../model/topics.ts';
import type { PlacedPapers } from '../../pipeline/analysis.client.ts';
import { type LayoutChoice, layOutAgain } from '../../pipeline/lay-out-again.ts';
import { readKeptMap } from '../library.ts';
import { plural } from '../messages.ts';
import { analyst, mapFiles, projector, runJob } from '../session.ts';
import { getState, notify, setState } from '../store.ts';
import { placesAt } from './comparison.ts';
import { leaveComparison } from './leave-comparison.ts';

/** Compares the shown map with one in a file. */
export async function compareWithFile(file: File): Promise<void> {
  await compareWithBytes(file.name, () => file.arrayBuffer());
}

/** Compares the shown map with one that is kept in this browser. */
export async function compareWithKept(map: KeptMap): Promise<void> {
  await compareWithBytes(map.name, () => readKeptMap(map));
}

async function compareWithBytes(name: string, bytes: () => Promise<ArrayBuffer>): Promise<void> {
  await runJob({ kind: 'opening', name }, 'map-file', async (signal) => {
    await compareWith(name, await mapFiles.decode(await bytes(), signal), signal);
  });
}

/** Compares the shown map with another layout of its own vectors, made now. */
export async function compareWithLayout(choice: LayoutChoice): Promise<void> {
  const map = getState().shown?.map;
  const embedding = map?.embedding;
  if (!map || !embedding) return;
  const name = layoutName(choice, map.info.project);
  await runJob({ kind: 'building', name }, 'project', async (signal, update) => {
    const onProgress = (progress: Progress): void => update({ progress });
    const positions = await layOutAgain(embedding, choice, projector, { signal, onProgress });
    await compareWith(name, { corpus: map.corpus, positions, topics: null }, signal);
  });
}

/** A layout made here is called by its seed, and by what else is not as in the shown map. */
function layoutName({ seed, neighbors, minDist }: LayoutChoice, own: ProjectInfo | null): string {
  const parts = [
    `seed ${seed}`,
    ...(neighbors === own?.neighbors ? [] : [plural(neighbors, 'neighbour')]),
    ...(minDist === own?.minDist ? [] : [`minimum distance ${minDist}`]),
  ];
  return `Layout with ${parts.join(', ')}`;
}

interface OtherMap extends PlacedPapers {
  readonly topics: TopicTree | null;
}

async function compareWith(name: string, other: OtherMap, signal: AbortSignal): Promise<void> {
  const shown = getState().shown;
  if (!shown?.map) return;
  const { corpus, map } = shown;
  const measured = await analyst.compare({ corpus, positions: map.positions }, other, signal);
  // Another map was opened meanwhile.
  if (getState().shown?.map?.positions !== map.positions) return;
  if (!measured) {
    notify('warning', {
      title: 'These maps share too few papers',
      text: `Fewer than three papers of “${name}” have the identifier or the title of one on this map.`,
    });
    return;
  }
  leaveComparison();
  const home = map.positions;
  const { papers } = other.corpus;
  setState(({ colorBy, selectionOpen }) => ({
    comparison: {
      ...measured,
      names: [map.info.name || 'This map', name],
      home,
      strangerTitles: Array.from(measured.strangers, (row) => displayTitle(papers[row])),
      otherTopics: other.topics && topicView(other.topics),
      share: 0,
      drawn: placesAt({ ...measured, home }, 0),
      colorBefore: colorBy,
      isOpen: !selectionOpen && window.matchMedia(WIDE).matches,
      pointed: -1,
    },
    colorBy: 'drift',
  }));
}

/** Where a panel leaves enough of the map to be seen. */
const WIDE = '(min-width: 641px)';

/** Shows the papers at `share` (0…1) of the way from the shown map to the other. O(papers). */
export function goToShare(share: number): void {
  const { comparison, shown } = getState();
  if (!comparison || !shown) return;
  const drawn = placesAt(comparison, share);
  const positions = share === 0 ? comparison.home : drawn.subarray(0, comparison.home.length);
  setState({ comparison: { ...comparison, share, drawn }, shown: { ...shown, positions } });
}

/** Opens the panel with the figures in place of any other, or closes it. */
export function togglePanel(isOpen: boolean): void {
  setState(({ comparison }) => ({
    comparison: comparison && { ...comparison, isOpen },
    ...(isOpen ? { selected: -1, topic: -1, selectionOpen: false } : {}),
  }));
}
