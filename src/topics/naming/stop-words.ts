/// <reference path="./stopword.d.ts" />
import { ara, ben, deu, eng, fas, fra, hin, ind, ita, jpn, kor, por, rus, spa, tur, vie, zho } from 'stopword';
import { baseForms } from './word-fold.ts';

/** Number of languages in {@link stopBits}. */
export const LANGUAGES = 17;

/**
 * The languages in which `word` (NFKC, lower case) is a stop word, one bit each. English filler counts as English, and
 * a word of only Hiragana as Japanese, since Japanese mostly writes content words in other letters.
 */
export function stopBits(word: string): number {
  let bits = BITS.get(word) ?? 0;
  if (isFiller(word) || baseForms(word).some(isFiller) || ADVERB.test(word)) bits |= ENGLISH;
  if (HIRAGANA.test(word)) bits |= JAPANESE;
  return bits;
}

/**
 * The languages whose stop words count in a text, one bit each, from the hits of its words: those with their own
 * script, English, and the other language in Latin letters with most hits, if it has more than English. `hits` has one
 * count for each language.
 */
export function activeLanguages(hits: Int32Array): number {
  let best = 0;
  for (let at = 1; at < LATIN; at++) if (hits[at] > hits[best]) best = at;
  return ALWAYS | (1 << best);
}

/** Stop words by language: English first, then the others in Latin letters. */
const LISTS = [eng, deu, fra, spa, por, ita, ind, tur, vie, ara, fas, rus, hin, ben, zho, jpn, kor];
const LATIN = 9;
const ENGLISH = 1;
const JAPANESE = 1 << 15;
const ALWAYS = ENGLISH | (((1 << LANGUAGES) - 1) & ~((1 << LATIN) - 1));

const BITS = collectBits();
const HIRAGANA = /^[\p{sc=Hiragana}ー]+$/u;
/** English adverbs; the nouns among words in -ly are short or listed. */
const ADVERB = /^(?!anomaly$|assembly$|monopoly$|family$|italy$|supply$|reply$|multiply$|butterfly$)[a-z]{4,}ly$/u;

function isFiller(word: string): boolean {
  return ENGLISH_FILLER.has(word) || isFillerVerb(word);
}

function collectBits(): Map<string, number> {
  const bits = new Map<string, number>();
  LISTS.forEach((list, at) => {
    for (const entry of list) {
      const word = entry.normalize('NFKC').toLowerCase();
      bits.set(word, (bits.get(word) ?? 0) | (1 << at));
    }
  });
  return bits;
}

/**
 * English words that do not begin or end a name: those that the package's short list lacks, and those that papers of
 * every field use of themselves. In lower case; verbs are listed in {@link VERBS}.
 */
const ENGLISH_FILLER: ReadonlySet<string> = new Set(
  `across against along already although among amongst around away back become becomes beyond both cannot despite
  does doesn done don isn aren wasn couldn wouldn shouldn hasn haven didn during either else etc et al even ever every few
  first further furthermore given hence however indeed instead just last least less let likely little made makes
  making may meanwhile moreover nearly neither next no none nor not nothing off often once one ones onto otherwise others
  ours ourselves per perhaps quite rather really regarding respectively second several shall so something sometimes soon
  its itself us own down hers herself he she theirs whom yours yourself myself themself having doing
  when why again above below behind beside besides before during ever yes no any there if am be being been was were addition
  additive hundreds thousands millions plenty themselves therefore third though three thus together toward towards two unlike until unto upon us versus via vs
  whether whereas whereby whose why will within without yet four five six seven eight nine ten i ii iii iv
  able abstract accordingly actual actually additional additionally address aim aims almost alone alternative
  amount appropriate article arxiv authors available average baseline baselines beneficial benefit benefits best better big
  broad capable case cases certain challenge challenges challenging clear close common commonly comparable competitive
  complex comprehensive concrete consider considerable consistent consistently contribution contributions conventional corresponding
  crucial current currently desirable desired detail details detailed difference differences different difficult difficulty direct directly
  diverse due e.g early easily easy effective effectively effectiveness efficiency efficient efficiently effort
  efforts empirical empirically enough entire entirely especially essential existing experiment experimental experiments
  explicit explicitly extensive extensively extra fact famous far fast faster favorable figure final finally findings
  flexible focus following former full fully fundamental future gain gains general generally goal good great
  greatly hard here high higher highest highly huge idea ideas impact implicit implicitly important importantly impressive improvement
  improvements inherent insight insights interesting interestingly issue issues key kind kinds known lack large
  largely larger latter leading less limitation limitations limited longer lot low lower main mainly major
  manner means minimal minor modern multiple namely naturally necessary need new newly non notable notably novel number
  numerous obvious original outstanding overall paper papers particular particularly performance
  popular possible possibly potential potentially powerful practical practice present previous previously primarily primary
  probably problem problems promising proper properly purpose quickly reason reasonable recent
  recently regard relative relatively relevant remarkable remarkably result resulting results rich robust same section
  sensible setting settings short show significant significantly similar similarly simple simply simultaneously
  slight slightly small smaller so-called solid sota specific specifically standard state-of-the-art
  straightforward strong stronger study studies substantial substantially success successful successfully sufficient suitable
  superior supplementary surprising surprisingly thing things today total traditional true truly type types
  typical typically ultimately unclear underlying unfortunately unified unique unseen useful usual usually valuable variety
  various vast version versions viable view way ways well-known whole wide widely widespread worse worst year years
  https http www url urls href html nbsp amp quot lt gt doi com org`.split(/\s+/u),
);

/** Words too weak to be a name alone, but not within a phrase such as `language model`. In the singular. */
export const ENGLISH_WEAK: ReadonlySet<string> = new Set(
  `ability accuracy advance advantage algorithm analysis application approach architecture aspect assumption behavior benchmark
  capability capacity category challenge characteristic combination community comparison component computation concept condition
  construction context cost data dataset deep degree dependency design development dimension direction distribution domain
  element end environment error estimation evaluation evidence evolution example experience expert factor feature field
  form formulation framework function group human ii implementation improvement influence information input instance integration
  interest investigation knowledge label layer learning length level linear literature loss mechanism method methodology
  metric mode model module nature network neural noise object objective observation operation opportunity option outcome
  output overhead parameter pattern people perspective phenomenon point position principle procedure process processing
  product program progress project property quality quantity rate ratio relation relationship requirement research researcher
  resource response sample scale scenario scheme science score search series set setup shape shot signal similarity situation size solution
  source space stage step strategy structure style survey system target task technique technology term test theory tool
  training transfer trend tuning understanding usage user value variable variant variation vector weight word work world
  code time question state table natural long open part role order single real prior effect light normal range fine`.split(
    /\s+/u,
  ),
);

/** Stems of verbs that say what a paper does; every form of them is filler. */
const VERBS =
  `accelerate achieve acquire adapt add adopt aim allow analyze analyse apply argue assess attempt avoid base
  become begin believe benefit bring build call capture cause combine compare comprise compute conduct confirm consider
  consist contain contribute create deal define deliver demonstrate depend derive describe design determine develop devise
  differ discover discuss employ enable encourage enhance ensure establish evaluate examine exceed exhibit exist expect explain
  exploit explore extend facilitate fail find follow form gain generalize give help highlight identify illustrate
  implement improve incorporate increase indicate induce inspire integrate introduce investigate involve keep know
  lack lead learn leverage limit maintain make measure mitigate motivate obtain occur offer optimize outperform overcome
  perform possess prefer present preserve produce promote propose prove provide publish reach receive reduce
  release rely remain remove replace report represent require resolve result reveal run satisfy see seek seem serve
  show solve study suffer suggest surpass tackle take target tend test train treat try uncover understand use utilize validate
  vary verify yield include concern revisit rethink matter unlock unveil unleash happen retain reformulate empower advance attain
  assume assist assign attend boost bridge capitalize choose complement conclude connect convey cover decide decompose decrease degrade
  denote differentiate elicit emerge encode entail equip exceed expand fit focus formulate harness hinder hypothesize imply
  incur inform inherit inspect interpret justify manage modify observe outline overlook prevent progress pursue
  recognize refine rethink retrieve sacrifice simplify stabilize strive struggle synthesize transform translate update`.split(
    /\s+/u,
  );

const IRREGULAR: Readonly<Record<string, readonly string[]>> = {
  become: ['became'],
  begin: ['began', 'begun', 'beginning'],
  bring: ['brought'],
  build: ['built'],
  deal: ['dealt'],
  find: ['found'],
  give: ['gave', 'given'],
  keep: ['kept'],
  know: ['knew', 'known'],
  lead: ['led'],
  learn: ['learnt'],
  make: ['made'],
  prefer: ['preferred', 'preferring'],
  run: ['ran', 'running'],
  see: ['saw', 'seen', 'seeing'],
  seek: ['sought'],
  show: ['shown'],
  take: ['took', 'taken'],
  try: ['trying'],
  understand: ['understood'],
};

/** Verb forms that are also nouns of some subject. */
const NOUNS = new Set(
  'report reports release releases yield yields bridge bridges cover building buildings transform transforms update updates learned encoding interpreting retrieved training learning understanding representing form forms design designs measure measures target targets test tests'.split(
    ' ',
  ),
);

const FILLER_FORMS: ReadonlySet<string> = new Set(VERBS.flatMap(formsOf).filter((form) => !NOUNS.has(form)));

function formsOf(stem: string): string[] {
  const bare = stem.endsWith('e') ? stem.slice(0, -1) : stem;
  const soft = /[^aeiou]y$/u.test(stem) ? `${stem.slice(0, -1)}i` : stem;
  const past = soft.endsWith('e') ? `${soft}d` : `${soft}ed`;
  const third = /(?:s|x|z|ch|sh|i)$/u.test(soft) ? `${soft}es` : `${soft}s`;
  return [stem, past, third, `${bare}ing`, ...(IRREGULAR[stem] ?? [])];
}

/** Whether an English word, in lower case, is a form of a verb that says what a paper does: `proposed`, `achieving`. */
function isFillerVerb(word: string): boolean {
  return FILLER_FORMS.has(word);
}
