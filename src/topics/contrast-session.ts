import { StageError } from '../model/failure.ts';
import type { ContrastRequest } from './contrast.api.ts';
import { type Contrast, contrastTerms } from './naming/contrast-terms.ts';
import { extractPhrases, type Phrases } from './naming/phrases.ts';
import type { Texts } from './naming/token-stream.ts';

/** What the contrast worker does, without the worker. See {@link ContrastApi}. */
export interface ContrastSession {
  read(texts: Texts): void;
  tellApart(request: ContrastRequest): Contrast;
}

/** A session that holds nothing yet. */
export function makeContrastSession(): ContrastSession {
  let phrases: Phrases | null = null;
  return {
    read(texts) {
      phrases = extractPhrases(texts);
    },
    tellApart({ a, b }) {
      if (!phrases) throw new StageError('internal', 'topics', 'tellApart was called before read');
      return contrastTerms(phrases, a, b);
    },
  };
}
