/**
 * Words whose order everybody knows, low to high. `poles`: the middle one is neutral, as in a Likert scale, so that both
 * ends deserve a colour of their own.
 */
const SCALES: readonly { readonly words: string; readonly poles?: true }[] = [
  { words: 'very low,low,moderate,medium,high,very high,critical' },
  { words: 'xxs,xs,s,m,l,xl,xxl,xxxl' },
  { words: 'tiny,small,medium,large,huge' },
  { words: 'never,rarely,sometimes,often,always' },
  { words: 'very poor,poor,fair,good,very good,excellent' },
  { words: 'beginner,intermediate,advanced,expert' },
  { words: 'q1,q2,q3,q4' },
  { words: 'monday,tuesday,wednesday,thursday,friday,saturday,sunday' },
  { words: 'mon,tue,wed,thu,fri,sat,sun' },
  { words: 'january,february,march,april,may,june,july,august,september,october,november,december' },
  { words: 'jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec' },
  { words: 'strongly disagree,disagree,neutral,agree,strongly agree', poles: true },
  { words: 'very negative,negative,neutral,mixed,positive,very positive', poles: true },
];

/** Values in their own order. */
export interface OrderedWords {
  readonly values: readonly string[];
  /** How many are below a neutral middle, and how many above; null for a scale without one. */
  readonly middle: { readonly below: number; readonly above: number } | null;
}

/** The order of a column's distinct values: all of them, two or more, in one known scale, in any case. Null otherwise. */
export function orderOfWords(distinct: readonly string[]): OrderedWords | null {
  if (distinct.length < 2) return null;
  for (const { words, poles } of SCALES) {
    const scale = words.split(',');
    const placeOf = (value: string): number => scale.indexOf(value.trim().toLowerCase());
    if (distinct.some((value) => placeOf(value) < 0)) continue;
    const values = distinct.toSorted((a, b) => placeOf(a) - placeOf(b));
    if (!poles) return { values, middle: null };
    const neutral = scale.indexOf('neutral');
    const below = values.filter((value) => placeOf(value) < neutral).length;
    const above = values.filter((value) => placeOf(value) > neutral && value.toLowerCase() !== 'mixed').length;
    return { values, middle: { below, above } };
  }
  return null;
}
