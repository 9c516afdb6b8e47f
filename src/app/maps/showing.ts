import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { MapData } from '../../model/map-data.ts';
import { NO_EDITS } from '../../model/topics.ts';
import type { TopicFinder } from '../../pipeline/analysis.client.ts';
import type { Draft } from '../../pipeline/draft-topics.ts';
import { COLOR_CHOICES } from '../../render/color-choices.ts';
import { colorChoices, defaultColor } from '../coloring.ts';
import type { Comparing } from '../compare/comparing.ts';
import { withoutTopics } from '../filter/filters.ts';
import type { Search } from '../search/search.ts';
import { type Filters, FRESH_VIEW, type Shown, type ShownPapers, type State } from '../state.ts';
import type { Store } from '../store.ts';

/**
 * What survives a change of the shown papers: `nothing`; the `query`, which is asked again among the new papers; or
 * everything about papers that still exist (`of-papers`), for a map that has grown or been restored.
 */
export type Keep = 'nothing' | 'query' | 'of-papers';

/** Puts maps into the store. */
export type Showing = ReturnType<typeof makeShowing>;

interface Parts {
  readonly store: Store;
  readonly search: Pick<Search, 'indexPapers' | 'indexVectors'>;
  readonly comparing: Pick<Comparing, 'leaveComparison'>;
  readonly topicFinder: TopicFinder;
}

/** Creates the {@link Showing} of one store. */
export function makeShowing({ store, search, comparing, topicFinder }: Parts) {
  /**
   * Shows a map, finished or in the making. If the papers are the same, everything about them stays whatever `keep`
   * says. State about topics is dropped with another map. Colours chosen by the user stay with the papers.
   * @param known further state, such as the map's origin or edits
   */
  function showMap(shown: Shown, keep: Keep, known: Partial<State> = {}): void {
    comparing.leaveComparison();
    const before = store.get();
    const { corpus, map } = shown;
    const isSame = before.shown?.corpus === corpus;
    // A map in the making has the topics that were found on its pictures before.
    const draft = isSame && !map ? before.shown?.draft : null;
    const next = draft ? { ...shown, draft } : shown;
    if (isSame && before.shown?.map === map) {
      store.set({ ...known, shown: next });
      return;
    }
    store.set({ ...keptView(before, shown, keep), ...known, shown: next });
    // Earlier edits belong to the previous map and may refer to other papers by index.
    store.forgetEdits();
    void (isSame ? search.indexVectors(map) : search.indexPapers(corpus.papers, map));
  }
  return {
    showMap,
    /** Gives a map in the making its topics. An open topic that is gone is closed, and so is a filter by topics. */
    showDraft: (draft: Draft): void => showDraft(store, draft),
    /** Restores what was shown `before` a run that has shown something else since; the query stays. */
    restore({ shown, topicEdits, selection, kept, colorBy, mapAt }: State): void {
      const { shown: now, query } = store.get();
      if (now === shown) return;
      if (shown) showMap(shown, 'query', { topicEdits, selection, kept, colorBy, mapAt });
      else store.set({ ...FRESH_VIEW, query, colorBy, shown: null });
    },
    /** The shown map with the user's edits; null when there is no finished one. */
    editedMap(): MapData | null {
      const { shown, topicEdits, kept } = store.get();
      const map = shown?.map;
      return map ? { ...map, topics: map.topics && { ...map.topics, edits: topicEdits }, selections: kept } : null;
    },
    /** Finds topics for a map without any, by its words alone, while the map can be used. */
    async findTopics(map: MapData): Promise<void> {
      try {
        const topics = await topicFinder.findTopics(map);
        const { shown, colorBy } = store.get();
        if (shown?.map !== map) return;
        const withTopics = { ...shown, map: { ...map, topics } };
        store.set({ shown: withTopics, colorBy: nextColor(colorBy, shown, withTopics) });
      } catch (error) {
        store.report(error, 'topics');
      }
    },
  };
}

function showDraft(store: Store, draft: Draft): void {
  const { shown, topic, ground, filters } = store.get();
  if (!shown || shown.map) return;
  const ids = new Set(draft.topics.topics.map(({ id }) => id));
  // Quietly: what goes with a topic cannot come back by undoing.
  store.setQuietly({
    shown: { ...shown, draft },
    topic: ids.has(topic) ? topic : -1,
    ground: ids.has(ground) ? ground : -1,
    filters: namesGone(filters, ids) ? withoutTopics(filters) : filters,
  });
}

function keptView(before: State, shown: Shown, keep: Keep): Partial<State> {
  const { corpus, map } = shown;
  const ofTopics = { topic: -1, ground: -1, topicEdits: map?.topics?.edits ?? NO_EDITS };
  if (before.shown?.corpus === corpus) {
    const colorBy = nextColor(before.colorBy, before.shown, shown);
    return { mapAt: '', filters: withoutTopics(before.filters), ...ofTopics, colorBy };
  }
  if (keep === 'of-papers') {
    const isThere = (paper: number): boolean => paper < corpus.papers.length;
    const { selected, selection, kept, like, unlike } = before;
    return {
      mapAt: '',
      hits: null,
      answered: '',
      hovered: -1,
      like: like.filter(isThere),
      unlike: unlike.filter(isThere),
      selected: isThere(selected) ? selected : -1,
      selection: selection.filter(isThere),
      kept: kept.map((group) => ({ ...group, papers: group.papers.filter(isThere) })),
    };
  }
  return {
    ...FRESH_VIEW,
    query: keep === 'query' ? before.query : '',
    ...ofTopics,
    kept: map?.selections ?? [],
    colorBy: keep === 'query' ? colorOfRun(before, shown) : ownColor(shown),
  };
}

/** Keeps colours that the user chose over the map's default. */
function nextColor(colorBy: string, before: ShownPapers, now: ShownPapers): string {
  return colorBy === ownColor(before) ? ownColor(now) : colorBy;
}

/** The colours of a run's papers: what the user had chosen before where these papers have it too, else their own. */
function colorOfRun({ shown: before, colorBy }: State, shown: Shown): string {
  const color = before ? nextColor(colorBy, before, shown) : ownColor(shown);
  const choices = colorChoices(shown, { topics: true, kept: false, drift: false });
  return choices.some(({ value }) => value === color) ? color : ownColor(shown);
}

/** The default colouring of a map; by its topics while it is being made, also before any are found. */
function ownColor({ map }: ShownPapers): string {
  return map ? defaultColor(map) : COLOR_CHOICES.topic.value;
}

/** Whether a filter by topics names one that is not among `ids`. */
function namesGone(filters: Filters, ids: ReadonlySet<number>): boolean {
  return [filters.topic, filters['nearest-topic']].some(
    (filter) =>
      filter && filter.kind !== 'ranges' && filter.keys.some((key) => key !== NO_VALUE_KEY && !ids.has(Number(key))),
  );
}
