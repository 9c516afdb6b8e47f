/** Two columns whose names say that they hold places. */
export interface PlaceNames {
  readonly x: string;
  readonly y: string;
  readonly isGeographic: boolean;
}

/**
 * Pairs of names that belong together: `x`, `y`; `umap_x`, `umap_y`; `x_coord`, `y_coord`; `projection.x`,
 * `projection.y`; `UMAP 1`, `UMAP 2`; `tsne0`, `tsne1`; `longitude`, `latitude`; whatever their case and marks. Those
 * of a layout come first, those on the globe last; else in the order of the columns.
 */
export function pairPlaceNames(names: readonly string[]): PlaceNames[] {
  const byForm = new Map<string, string>();
  for (const name of names) {
    const form = formOf(name);
    if (!byForm.has(form)) byForm.set(form, name);
  }
  const pairs: PlaceNames[] = [];
  for (const [form, x] of byForm) {
    const partner = partnerOf(form, byForm);
    const y = partner === null ? undefined : byForm.get(partner.form);
    if (partner && y !== undefined) pairs.push({ x, y, isGeographic: partner.isGeographic });
  }
  const rank = ({ x, isGeographic }: PlaceNames): number => (isGeographic ? 2 : LAYOUT.test(formOf(x)) ? 0 : 1);
  return pairs.sort((a, b) => rank(a) - rank(b));
}

/** Whether a column of this name may hold lists of two numbers that are places: `umap`, `xy`, `projection`, `position`. */
export function isPlaceName(name: string): boolean {
  const last = formOf(name).split(' ').at(-1) ?? '';
  return KNOWN.test(last) || isGlobeName(name);
}

/** Whether a name says that its pairs are longitude and latitude, in this order, as in GeoJSON. */
export function isGlobeName(name: string): boolean {
  return /\b(?:geo|geometry|lonlat|lnglat|lon lat|lng lat)\b/u.test(formOf(name));
}

/** Ways to lay out vectors in two dimensions, and names of what they give. */
const METHODS =
  'umap|tsne|t sne|opentsne|pca|pc|mds|isomap|lda|svd|pacmap|trimap|localmap|phate|ivis|projection|proj|embedding|emb|reduced|layout';
/** Words for a place. */
const PLACE_WORDS =
  'map|pos|position|coord|coords|coordinate|coordinates|point|place|loc|location|plot|viz|vis|2d|xy|node|canvas';
const LAYOUT = new RegExp(`\\b(?:${METHODS})`, 'u');
const KNOWN = new RegExp(`^(?:${METHODS}|${PLACE_WORDS})$`, 'u');
/** `umapx`, `posx`; `xcoord`. */
const GLUED = new RegExp(`^(?:(?:${METHODS}|${PLACE_WORDS})x|x(?:${METHODS}|${PLACE_WORDS}))$`, 'u');
/** The word before a number that counts dimensions; other names that end in 1 and 2 are variants of one thing. */
const COUNTED = new RegExp(`^(?:${METHODS}|${PLACE_WORDS}|dim|dimension|d|component|comp|axis|x)$`, 'u');
/** Components that are sorted by what they explain: the first two are a picture, however many follow. */
const SORTED = /\b(?:pca|pc|mds|svd|lda|component)\b/u;

const GLOBE: Readonly<Record<string, readonly string[] | undefined>> = {
  lon: ['lat', 'latitude'],
  lng: ['lat', 'latitude'],
  long: ['lat', 'latitude'],
  longitude: ['latitude', 'lat'],
};

/** The form of the second column's name, given that of the first. */
interface Partner {
  readonly form: string;
  readonly isGeographic: boolean;
}

/** The words of a name in lower case, letters and digits apart: `UMAP_1`, `umap1` and `umap-one` are `umap 1`. */
function formOf(name: string): string {
  return name
    .slice(0, 100)
    .normalize('NFKD')
    .replace(/(?<=[a-z])(?=[XY]$)/u, ' ')
    .toLowerCase()
    .replace(/(?<=\p{L})(?=\p{N}+$)/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/\bt sne\b/u, 'tsne')
    .replace(/ one$/u, ' 1')
    .replace(/ two$/u, ' 2');
}

function partnerOf(form: string, all: ReadonlyMap<string, string>): Partner | null {
  const words = form.split(' ');
  const last = words.length - 1;
  const withWord = (at: number, word: string): string => words.map((each, i) => (i === at ? word : each)).join(' ');
  for (const at of new Set([last, 0])) {
    // A word beside it must be one for a place: pandas names what two tables share `year_x`, `year_y`.
    const beside = words[at === 0 ? 1 : at - 1];
    if (words[at] === 'x' && (beside === undefined || KNOWN.test(beside))) {
      return { form: withWord(at, 'y'), isGeographic: false };
    }
    const globe = GLOBE[words[at]]?.find((word) => all.has(withWord(at, word)));
    if (globe) return { form: withWord(at, globe), isGeographic: true };
  }
  if (GLUED.test(words[last])) {
    const partner = words[last].replace(/^x(?=..)|x$/u, 'y');
    return { form: withWord(last, partner), isGeographic: false };
  }
  return countedPartner(words, all);
}

function countedPartner(words: readonly string[], all: ReadonlyMap<string, string>): Partner | null {
  const stem = words.slice(0, -1).join(' ');
  const number = words.at(-1);
  if ((number !== '0' && number !== '1') || !COUNTED.test(words.at(-2) ?? '')) return null;
  // 1 and 2, unless the count begins at 0.
  if (number === '1' && all.has(`${stem} 0`)) return null;
  const next = Number(number) + 1;
  if (all.has(`${stem} ${next + 1}`) && !SORTED.test(stem)) return null;
  return { form: `${stem} ${next}`, isGeographic: false };
}
