import { expect, test } from '@playwright/test';
import { folderWith, runCommand } from './command-lab.ts';
import { SEEDS } from './support.ts';

const SAMPLE = `${SEEDS}/sample.parquet`;

/** `npm run search`, from the folder `cwd`. */
const runSearch = (cwd: string, args: readonly string[]) => runCommand('search.mjs', cwd, args);

interface Line {
  readonly query: string;
  readonly hits: { readonly id: string; readonly title: string; readonly score: number; readonly why: string }[];
}

function linesOf(out: string): Line[] {
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('answers a list of queries, and an object of lists, one line each', async ({ browserName: _ }, info) => {
  const folder = folderWith(info, {
    'list.json': JSON.stringify(['wizmap', 'zzzzqqqq', 'hyperbolic']),
    'lists.json': JSON.stringify({
      note: 'left alone',
      some: [{ query: 'is this joke funny' }],
      pairs: [{ a: 1 }],
      more: ['wizmap'],
    }),
  });
  const words = await runSearch(folder, ['--map', SAMPLE, '--queries', 'list.json', '--mode', 'words', '--limit', '3']);
  expect(words.err).toBe('');
  expect(words.code).toBe(0);
  const [wizmap, nothing, hyperbolic] = linesOf(words.out);
  expect(wizmap.hits).toHaveLength(1);
  expect(Object.keys(wizmap.hits[0])).toEqual(['id', 'title', 'score', 'why']);
  expect(wizmap.hits[0].title).toContain('WizMap');
  expect(nothing).toEqual({ query: 'zzzzqqqq', hits: [] });
  expect(hyperbolic.hits.every(({ why }) => why === 'words')).toBe(true);

  const hybrid = await runSearch(folder, ['--map', SAMPLE, '--queries', 'lists.json']);
  expect(hybrid.err).toBe('');
  expect(hybrid.code).toBe(0);
  const [joke, again] = linesOf(hybrid.out);
  expect(joke.query).toBe('is this joke funny');
  expect(joke.hits[0]).toMatchObject({ why: 'meaning' });
  expect(joke.hits[0].title).toContain('Humor');
  expect(again.hits[0]).toMatchObject({ id: wizmap.hits[0].id, why: 'both' });
  expect(again.hits.length).toBeLessThanOrEqual(10);
});

for (const { what, args, says } of [
  { what: 'no map', args: ['--queries', 'good.json'], says: /--map/u },
  { what: 'no queries', args: ['--map', SAMPLE], says: /--queries/u },
  {
    what: 'a map that is not there',
    args: ['--map', 'no.parquet', '--queries', 'good.json'],
    says: /There is no file/u,
  },
  { what: 'a file that is no map', args: ['--map', 'good.json', '--queries', 'good.json'], says: /is no map file/u },
  { what: 'queries that are no JSON', args: ['--map', SAMPLE, '--queries', 'bad.json'], says: /is not JSON/u },
  { what: 'a file without a query', args: ['--map', SAMPLE, '--queries', 'none.json'], says: /holds no query/u },
  {
    what: 'an entry that is no query',
    args: ['--map', SAMPLE, '--queries', 'mixed.json'],
    says: /entry 2 is no query/u,
  },
  {
    what: 'an unknown mode',
    args: ['--map', SAMPLE, '--queries', 'good.json', '--mode', 'both'],
    says: /hybrid, words, meaning/u,
  },
  {
    what: 'a limit that is no number',
    args: ['--map', SAMPLE, '--queries', 'good.json', '--limit', 'many'],
    says: /whole number/u,
  },
  { what: 'an option that is not there', args: ['--map', SAMPLE, '--bogus'], says: /bogus/u },
]) {
  test(`ends with 1 and a sentence on ${what}`, async ({ browserName: _ }, info) => {
    const folder = folderWith(info, {
      'good.json': '["wizmap"]',
      'bad.json': '["wizmap"',
      'none.json': '{"note":"nothing"}',
      'mixed.json': '["wizmap", 7]',
    });
    const { code, out, err } = await runSearch(folder, args);
    expect(code).toBe(1);
    expect(err).toMatch(says);
    expect(out).toBe('');
  });
}
