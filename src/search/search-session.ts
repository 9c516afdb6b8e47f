import { StageError } from '../model/failure.ts';
import { cleanText } from '../text/clean.ts';
import { readableNames, readableText, readableTitle } from '../text/readable.ts';
import { type Chance, chanceOf } from './chance.ts';
import { searchHybrid } from './hybrid-search.ts';
import type { SearchApi, SearchPaper } from './search.api.ts';
import { makeVectorSearch, type VectorSearch } from './vector-search.ts';
import { makeWordSearch } from './word-search.ts';

/** What a session needs from its thread. */
export interface SessionHost {
  /** A clock in milliseconds. */
  nowMs(): number;
  /** Resolves after waiting messages have been handled. */
  pause(): Promise<void>;
}

/** The search worker's state: one set of papers at a time. A call for an overtaken set fails with `cancelled`. */
export function makeSearchSession(host: SessionHost): SearchApi {
  let current = 0;
  let words = makeWordSearch();
  let meaning: VectorSearch | null = null;
  let chance: Chance | null = null;

  function expect(run: number): void {
    if (run < current)
      throw new StageError('cancelled', 'search', `papers of run ${run} were replaced by run ${current}`);
    if (run > current)
      throw new StageError('worker-died', 'search', `papers of run ${run} were lost, got run ${current}`);
  }

  return {
    begin(run) {
      current = run;
      words = makeWordSearch();
      meaning = null;
      chance = null;
    },
    add(run, papers) {
      expect(run);
      words.add(papers.map(cleaned));
    },
    setVectors(run, embedding, sentences) {
      expect(run);
      meaning = embedding && makeVectorSearch(embedding, sentences);
      chance = null;
    },
    async learnChance(run, vectors) {
      expect(run);
      const of = meaning;
      const found = of && (await measureChance(of, vectors, host.pause));
      expect(run);
      // Else new vectors have come meanwhile.
      if (of === meaning) chance = found;
    },
    async finish(run) {
      expect(run);
      for (;;) {
        const untilMs = host.nowMs() + SLICE_MS;
        if (words.build(() => host.nowMs() < untilMs)) return;
        await host.pause();
        expect(run);
      }
    },
    search(run, request) {
      expect(run);
      // While papers still arrive, there may be more vectors than texts.
      return searchHybrid(words, meaning?.paperCount === words.paperCount ? meaning : null, request, chance);
    },
    sharedWords(run, a, b, limit) {
      expect(run);
      return words.sharedWords(a, b, limit);
    },
  };
}

async function measureChance(
  meaning: VectorSearch,
  vectors: readonly Float32Array[],
  pause: SessionHost['pause'],
): Promise<Chance | null> {
  const nearest: number[] = [];
  for (const vector of vectors) {
    nearest.push(meaning.nearestCosine(vector));
    await pause();
  }
  return chanceOf(nearest);
}

/** The copy that is searched; the interface shows and marks the readable text. */
function cleaned({ title, text, authors }: SearchPaper): SearchPaper {
  return {
    title: cleanText(readableTitle(title)),
    text: cleanText(readableText(text)),
    authors: authors === null ? null : readableNames(authors),
  };
}

/** Longest wait of a search for the index being built: short beside the 50 ms allowed for a keystroke. */
const SLICE_MS = 8;
