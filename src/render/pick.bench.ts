import KDBush from 'kdbush';
import { bench, describe } from 'vitest';
import { clumped } from '../topics/fixtures/clumps.ts';
import { makePicker } from './pick.ts';
import { makeScene, placePapers } from './scene.ts';
import { LIGHT_THEME } from './theme.ts';

const N = 1_000_000;
const RADIUS = 0.03;
const positions = clumped(N, 40, 3);

function makeTree(): KDBush {
  const tree = new KDBush(N, 64, Float32Array);
  for (let i = 0; i < N; i++) tree.add(positions[2 * i], positions[2 * i + 1]);
  return tree.finish();
}

describe('a million papers', () => {
  const scene = makeScene(LIGHT_THEME);
  placePapers(scene, positions, false);
  const picker = makePicker();
  const tree = makeTree();
  let at = 0;
  const next = () => {
    at = (at + 7919) % N;
    return { x: positions[2 * at] + 0.001, y: positions[2 * at + 1] };
  };
  bench('a grid is made', () => void makePicker().pick(scene, next(), RADIUS), { time: 1000 });
  bench('a k-d tree is made', () => void makeTree(), { time: 1000 });
  bench('the nearest of a grid', () => void picker.pick(scene, next(), RADIUS));
  bench('all within the same radius of a k-d tree', () => {
    const { x, y } = next();
    tree.within(x, y, RADIUS);
  });
});
