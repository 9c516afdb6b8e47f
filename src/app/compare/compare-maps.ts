import type { KeptMap } from '../../library/database.web.ts';
import type { MapLibrary } from '../../library/map-library.web.ts';
import type { Failure } from '../../model/failure.ts';
import type { ProjectInfo } from '../../model/map-data.ts';
import { nounOf } from '../../model/noun.ts';
import type { Progress } from '../../model/progress.ts';
import { topicView } from '../../model/topic-view.ts';
import type { TopicTree } from '../../model/topics.ts';
import type { PlacedPapers } from '../../pipeline/analysis.client.ts';
import { type LayoutChoice, layOutAgain } from '../../pipeline/layout.ts';
import { displayTitle } from '../../text/readable.ts';
import { failureOf, type Jobs } from '../jobs.ts';
import { plural } from '../messages.ts';
import type { Page } from '../page.ts';
import type { Store } from '../store.ts';
import type { Workers } from '../workers.ts';
import type { Comparing } from './comparing.ts';
import { placesAt } from './comparison.ts';

/** Lays another map beside the shown one. Methods resolve when it is shown, or when a reported failure prevents it. */
export type CompareMaps = ReturnType<typeof makeCompareMaps>;

interface Parts {
  readonly store: Store;
  readonly page: Page;
  readonly jobs: Jobs;
  readonly workers: Pick<Workers, 'mapFiles' | 'projector' | 'analyst'>;
  readonly comparing: Comparing;
  readonly library: Pick<MapLibrary, 'read'>;
}

/** Comparisons with the map that the store shows. */
export function makeCompareMaps(parts: Parts) {
  const { store, jobs, workers, library } = parts;
  async function withBytes(name: string, bytes: () => Promise<ArrayBuffer>): Promise<Failure | null> {
    const outcome = await jobs.read({ kind: 'opening', name }, 'map-file', async (signal) => {
      await compareWith(parts, name, await workers.mapFiles.decode(await bytes(), signal), signal);
    });
    return failureOf(outcome);
  }
  return {
    withFile: (file: File): Promise<Failure | null> => withBytes(file.name, () => file.arrayBuffer()),
    /** Compares with a map that is stored in this browser. */
    withKept: ({ id, name }: KeptMap): Promise<Failure | null> => withBytes(name, () => library.read(id)),
    /** Compares with another layout of the shown map's own vectors, made now. */
    async withLayout(choice: LayoutChoice): Promise<Failure | null> {
      const map = store.get().shown?.map;
      const embedding = map?.embedding;
      if (!map || !embedding) return null;
      const name = layoutName(choice, map.info.project);
      const outcome = await jobs.run({ kind: 'building', name }, 'project', async (signal, update) => {
        const onProgress = (progress: Progress): void => update({ progress });
        const positions = await layOutAgain(embedding, choice, workers.projector, { signal, onProgress });
        await compareWith(parts, name, { corpus: map.corpus, positions, topics: null }, signal);
      });
      return failureOf(outcome);
    },
  };
}

/** Names a layout by its seed and by the options that differ from the shown map's. */
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

async function compareWith(parts: Parts, name: string, other: OtherMap, signal: AbortSignal): Promise<void> {
  const { store, page, workers, comparing } = parts;
  const shown = store.get().shown;
  if (!shown?.map) return;
  const { corpus, map } = shown;
  const measured = await workers.analyst.compare({ corpus, positions: map.positions }, other, signal);
  // Another map was opened meanwhile.
  if (store.get().shown?.map?.positions !== map.positions) return;
  if (!measured) {
    store.notify('warning', {
      title: `These maps share too few ${nounOf(corpus).many}`,
      text: `Fewer than three ${nounOf(corpus).many} of “${name}” have the identifier or the title of one on this map.`,
    });
    return;
  }
  comparing.leaveComparison();
  const home = map.positions;
  const { papers } = other.corpus;
  store.set(({ colorBy, selectionOpen }) => ({
    comparison: {
      ...measured,
      names: [map.info.name || 'This map', name],
      home,
      strangerTitles: Array.from(measured.strangers, (row) => displayTitle(papers[row])),
      otherTopics: other.topics && topicView(other.topics),
      share: 0,
      drawn: placesAt({ ...measured, home }, 0),
      colorBefore: colorBy,
      // Open the panel only where it leaves enough of the map visible.
      isOpen: !selectionOpen && !page.isNarrow(),
      pointed: -1,
    },
    colorBy: 'drift',
  }));
}
