import { describe, expect, it } from 'vitest';
import { topicView } from '../model/topic-view.ts';
import { makeDraftSession } from './draft-session.ts';
import { clumped } from './fixtures/clumps.ts';

const N = 120;
const SUBJECTS = ['glacier', 'sonata', 'turbine', 'orchid'];
const FILLERS = ['winter', 'garden', 'letter', 'window', 'river', 'morning', 'paper'];

function session() {
  const made = makeDraftSession();
  const titles = Array.from({ length: N }, (_, i) => `A note on the ${SUBJECTS[i % 4]}`);
  const texts = Array.from({ length: N }, (_, i) => `Every ${SUBJECTS[i % 4]} has a ${FILLERS[i % 7]} of its own.`);
  made.add({ titles: titles.slice(0, 50), texts: texts.slice(0, 50) });
  made.add({ titles: titles.slice(50), texts: texts.slice(50) });
  return made;
}

describe('the draft of topics', () => {
  it('names what stands together by the words of its texts', () => {
    const draft = session();
    draft.read();
    const tree = draft.find(clumped(N, 4, 3));
    const names = tree ? [...topicView(tree).nodes.values()].map(({ name }) => name.toLowerCase()) : [];
    expect(SUBJECTS.filter((subject) => names.some((name) => name.includes(subject)))).toEqual(SUBJECTS);
  });

  it('leaves papers without a place in no topic', () => {
    const draft = session();
    draft.read();
    const positions = clumped(N, 4, 3);
    positions.fill(Number.NaN, 0, 20);
    const tree = draft.find(positions);
    expect(tree?.topics.length).toBeGreaterThan(1);
    expect(tree?.paths.subarray(0, 10 * (tree?.levels ?? 0)).every((id) => id === -1)).toBe(true);
    expect(Array.from(tree?.nearest.subarray(0, 10) ?? [])).toEqual(Array(10).fill(-1));
  });

  it('keeps ids and colours while the map turns, and what it had where nothing stands together', () => {
    const draft = session();
    draft.read();
    const positions = clumped(N, 4, 3);
    const first = draft.find(positions);
    const moved = draft.find(positions.map((value) => -value));
    const tops = (tree: typeof first) =>
      new Map(tree?.topics.filter(({ parent }) => parent < 0).map(({ id, hue }) => [id, hue]));
    expect(tops(moved)).toEqual(tops(first));
    expect(draft.find(new Float32Array(2 * N).fill(Number.NaN))).toBe(moved);
  });

  it('finds nothing while no paper has a place, and refuses before the texts are read', () => {
    const draft = session();
    expect(() => draft.find(clumped(N, 4, 3))).toThrow('before the texts were read');
    draft.read();
    expect(draft.find(new Float32Array(2 * N).fill(Number.NaN))).toBeNull();
  });
});
