import { describe, expect, it } from 'vitest';
import {
  asSentence,
  describeProgress,
  formatBytes,
  formatDate,
  formatDuration,
  plural,
  sentenceOf,
} from './messages.ts';

describe('sentenceOf', () => {
  it('names the cause as a sentence, then the next step', () => {
    const { title, text } = sentenceOf({ code: 'too-few-papers', stage: 'read', message: 'a.csv holds one paper' });
    expect(title).toBe('Too few texts for a map');
    expect(text).toMatch(/^a\.csv holds one paper\. A map needs at least three/u);
  });

  it.each([
    ['maps/mine.parquet: the server answered 404', 'maps/mine.parquet: the server answered 404.'],
    ['this JSON cannot be read: no value in a.json', 'This JSON cannot be read: no value in a.json.'],
    ['a map… of e.g. 3', 'A map… of e.g. 3.'],
  ])('begins with a capital, or with a file as it is called: %s', (message, text) => {
    expect(asSentence(message)).toBe(text);
  });

  it('leaves out what a user cannot use', () => {
    const { text } = sentenceOf({ code: 'worker-died', stage: 'worker', message: 'encode worker: Script error.' });
    expect(text).not.toContain('Script error');
  });
});

describe('words for amounts', () => {
  it('rounds durations up', () => {
    expect([0, 900, 59_001, 61_000, 3_700_000].map(formatDuration)).toEqual([
      '1 s',
      '1 s',
      '1 min',
      '2 min',
      '1 h 2 min',
    ]);
  });

  it('counts and measures', () => {
    expect([plural(1, 'paper'), plural(1234, 'paper'), formatBytes(22_903_744), formatBytes(812_000)]).toEqual([
      '1 paper',
      '1,234 papers',
      '22.9 MB',
      '812 kB',
    ]);
  });

  it('shows as much of a date as is known', () => {
    expect(['2023-03-26', '2023-03', '2023', '--07-25', 'spring'].map(formatDate)).toEqual([
      '26 Mar 2023',
      'Mar 2023',
      '2023',
      '25 Jul',
      'spring',
    ]);
  });

  it('says how far and how long', () => {
    const progress = { stage: 'encoding', done: 1200, total: 98_000, unit: 'word pieces', leftMs: 61_000 } as const;
    const noun = { one: 'review', many: 'reviews' };
    expect(describeProgress(progress, noun)).toBe('1,200 of 98,000 word pieces · 2 min left');
    expect(describeProgress({ ...progress, unit: 'papers', leftMs: null }, noun)).toBe('1,200 of 98,000 reviews');
    expect(describeProgress({ ...progress, done: 0, total: 0 }, noun)).toBe('');
  });
});
