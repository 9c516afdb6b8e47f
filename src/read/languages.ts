import type { LanguageShare } from '../model/read-report.ts';
import { cleanText } from '../text/clean.ts';

/** Texts looked at, spread over all. */
const SAMPLE = 200;
/** UTF-16 units of a text that are looked at, after cleaning; two sentences tell their language. */
const TEXT_LENGTH = 200;
/** Fewer letters of an alphabet tell too little; shorter texts are taken together with their neighbours. */
const MIN_LETTERS = 40;
/** A character of East Asian writing says as much as so many letters. */
const CHARACTER_LETTERS = 4;
/** Languages of a smaller share are mostly wrong guesses. */
const MIN_SHARE = 0.05;

/**
 * The languages of `papers` by trigrams and scripts (franc, 82 languages), the commonest first, each with its share of
 * a sample of 200 texts; those under 5 % are left out. Empty when the texts are too short to tell. About 20 ms.
 */
export async function findLanguages(
  papers: readonly { readonly title: string; readonly text: string }[],
): Promise<LanguageShare[]> {
  const stretches = stretchesOf(papers);
  if (stretches.length === 0) return [];
  const { franc } = await import('franc-min');
  const counts = new Map<string, number>();
  let all = 0;
  for (const { words, texts } of stretches) {
    const found = franc(words);
    if (found === 'und') continue;
    const language = codeOf(found);
    counts.set(language, (counts.get(language) ?? 0) + texts);
    all += texts;
  }
  return Array.from(counts, ([language, count]) => ({ language, share: count / all }))
    .filter(({ share }) => share >= MIN_SHARE)
    .sort((a, b) => b.share - a.share);
}

/** Its multiples modulo 1 are spread evenly, and in step with no pattern of the papers. */
const GOLDEN = 0.618_033_988_749_895;

interface Stretch {
  readonly words: string;
  /** Texts in it. */
  readonly texts: number;
}

/** The sampled texts, the short ones joined until they tell enough. */
function stretchesOf(papers: readonly { readonly title: string; readonly text: string }[]): Stretch[] {
  const stretches: Stretch[] = [];
  const count = Math.min(SAMPLE, papers.length);
  let words = '';
  let texts = 0;
  for (let i = 0; i < count; i++) {
    const { title, text } = papers[count < papers.length ? Math.floor(((i * GOLDEN) % 1) * papers.length) : i];
    words = `${words} ${cleanText(`${title}. ${text.slice(0, 2 * TEXT_LENGTH)}`.slice(0, 3 * TEXT_LENGTH)).slice(0, TEXT_LENGTH)}`;
    texts++;
    if (lettersOf(words) < MIN_LETTERS) continue;
    stretches.push({ words, texts });
    words = '';
    texts = 0;
  }
  return stretches;
}

function lettersOf(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const characters =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return letters + (CHARACTER_LETTERS - 1) * characters;
}

/** The BCP 47 code of an ISO 639-3 code: `de` for `deu`. */
function codeOf(found: string): string {
  // Malay of the peninsula stands for Malay, which Intl does not know.
  return found === 'zlm' ? 'ms' : Intl.getCanonicalLocales(found)[0];
}
