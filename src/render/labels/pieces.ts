import { findRoot, makeSets } from '../../math/disjoint-sets.ts';

/** Papers of a topic that the eye takes for one patch of the map. */
export interface Piece {
  /** Paper indices. */
  readonly members: readonly number[];
  /** Number of places that can be told apart, which counts papers on one spot once. */
  readonly places: number;
  /** The member in the piece's fullest part, as large as a name. */
  readonly heart: number;
}

/** A gap between papers that the eye bridges: about a name's height, CSS pixels. */
const GAP_PX = 24;

/** Papers are sorted into blocks, of which two that touch are within the gap, and these into places of a dot's radius. */
const BLOCK_PX = GAP_PX / 3;
const REACH = 3;
const PLACE_PX = BLOCK_PX / 4;

/** A piece of a topic holds at least this share of its places, or it is no place for the topic's name. */
const LEAST_SHARE = 1 / 3;

/** Steps by which the view is stepped back while a topic lies in small pieces, and their most: a map's 1,000-fold. */
const STEP_BACK = 1.5;
const MOST_STEPS = 17;

/** Blocks in a cell of which three by three are compared to find the fullest part: together the size of a short name. */
const CELL = { columns: 4, rows: 2 } as const;

/** Most papers of a topic that are looked at: enough to find its pieces. */
const MAX_MEMBERS = 2048;

/**
 * The pieces of a topic that hold a third of it, at a scale (CSS pixels per map unit), the largest first: papers within 24 px of each other
 * are in one (single linkage, over a grid). Copies of a text lie
 * on one spot and are the densest papers of many a map, so a piece is measured by the places of 2 px that it fills, not
 * by papers. Where no piece holds a third of the topic's places, the pieces are those seen from further away, at which
 * one does. Papers without a place are in none. O(members), of at most 2,048 of them.
 */
export function piecesOf(positions: Float32Array, members: ArrayLike<number>, scale: number): Piece[] {
  const step = Math.max(1, Math.ceil(members.length / MAX_MEMBERS));
  const some: number[] = [];
  for (let i = 0; i < members.length; i += step) {
    if (Number.isFinite(positions[2 * members[i]]) && Number.isFinite(positions[2 * members[i] + 1]))
      some.push(members[i]);
  }
  if (some.length === 0) return [];
  for (let away = 0; ; away++) {
    const blocks = blocksOf(positions, some, scale / STEP_BACK ** away);
    const pieces = join(blocks, positions, (GAP_PX / scale) * STEP_BACK ** away);
    const total = pieces.reduce((sum, { places }) => sum + places, 0);
    if (pieces[0].places >= LEAST_SHARE * total || away === MOST_STEPS) {
      const large = pieces.filter(({ places }, i) => i === 0 || places >= LEAST_SHARE * total);
      return large.map((piece) => ({
        members: piece.blocks.flatMap((block) => block.members),
        places: piece.places,
        heart: heartOf(positions, piece.blocks),
      }));
    }
  }
}

interface Block {
  readonly column: number;
  readonly row: number;
  readonly members: number[];
  /** Bit p is set when the block's place p holds a paper. */
  filled: number;
}

function blocksOf(positions: Float32Array, members: readonly number[], scale: number): Map<number, Block> {
  const blocks = new Map<number, Block>();
  const perBlock = BLOCK_PX / PLACE_PX;
  for (const paper of members) {
    const x = Math.floor((positions[2 * paper] * scale) / PLACE_PX);
    const y = Math.floor((positions[2 * paper + 1] * scale) / PLACE_PX);
    const [column, row] = [Math.floor(x / perBlock), Math.floor(y / perBlock)];
    const key = keyOf(column, row);
    let block = blocks.get(key);
    if (!block) {
      block = { column, row, members: [], filled: 0 };
      blocks.set(key, block);
    }
    block.members.push(paper);
    block.filled |= 1 << (x - column * perBlock + perBlock * (y - row * perBlock));
  }
  return blocks;
}

/** One number for a block: exact while rows are within half of 2^26 from 0, which is far beyond any zoom. */
function keyOf(column: number, row: number): number {
  return column * 2 ** 26 + row;
}

interface Joined {
  readonly blocks: Block[];
  places: number;
}

/** Blocks within reach of each other, joined; the largest piece first, of equal ones that with the first paper. */
function join(byKey: ReadonlyMap<number, Block>, positions: Float32Array, gap: number): Joined[] {
  const blocks = [...byKey.values()];
  const numberAt = numbersOf(blocks);
  const roots = makeSets(blocks.length);
  let sets = blocks.length;
  const joinAround = (least: number, most: number): void => {
    blocks.forEach(({ column, row }, i) => {
      for (let down = 0; down <= most; down++) {
        for (let along = down === 0 ? 1 : -most; along <= most; along++) {
          const far = Math.max(down, Math.abs(along));
          const other = far < least ? -1 : numberAt(column + along, row + down);
          if (other < 0 || findRoot(roots, other) === findRoot(roots, i)) continue;
          if (far > 1 && !areNear(positions, blocks[i], blocks[other], gap)) continue;
          roots[findRoot(roots, other)] = findRoot(roots, i);
          sets--;
        }
      }
    });
  };
  joinAround(1, 1);
  if (sets > 1) joinAround(2, REACH);
  const pieces = new Map<number, Joined>();
  blocks.forEach((block, i) => {
    const root = findRoot(roots, i);
    const piece = pieces.get(root) ?? { blocks: [], places: 0 };
    pieces.set(root, piece);
    piece.blocks.push(block);
    piece.places += bitsOf(block.filled);
  });
  return [...pieces.values()].sort((a, b) => b.places - a.places);
}

/** Cells of the largest table of blocks: one that is spread further is a hash table. */
const MAX_CELLS = 2 ** 17;

/** The number of the block at a column and row, −1 for none. */
function numbersOf(blocks: readonly Block[]): (column: number, row: number) => number {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { column, row } of blocks) {
    left = Math.min(left, column - REACH);
    right = Math.max(right, column + REACH);
    low = Math.min(low, row);
    high = Math.max(high, row + REACH);
  }
  const columns = right - left + 1;
  const cells = columns * (high - low + 1);
  if (cells > MAX_CELLS) {
    const numbers = new Map(blocks.map(({ column, row }, i) => [keyOf(column, row), i]));
    return (column, row) => numbers.get(keyOf(column, row)) ?? -1;
  }
  const numbers = new Int32Array(cells).fill(-1);
  blocks.forEach(({ column, row }, i) => {
    numbers[column - left + columns * (row - low)] = i;
  });
  return (column, row) => numbers[column - left + columns * (row - low)];
}

function areNear(positions: Float32Array, one: Block, other: Block, gap: number): boolean {
  return one.members.some((a) =>
    other.members.some((b) => {
      const dx = positions[2 * a] - positions[2 * b];
      const dy = positions[2 * a + 1] - positions[2 * b + 1];
      return dx * dx + dy * dy <= gap * gap;
    }),
  );
}

function bitsOf(filled: number): number {
  let count = 0;
  for (let rest = filled; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The member in the middle of the piece's fullest part, of a short name's size. */
function heartOf(positions: Float32Array, blocks: readonly Block[]): number {
  const cells = new Map<number, Block[]>();
  const cellOf = (block: Block): [number, number] => [
    Math.floor(block.column / CELL.columns),
    Math.floor(block.row / CELL.rows),
  ];
  for (const block of blocks) {
    const key = keyOf(...cellOf(block));
    const cell = cells.get(key);
    if (cell) cell.push(block);
    else cells.set(key, [block]);
  }
  let best: readonly Block[] = [];
  let most = 0;
  for (const [first] of cells.values()) {
    const [column, row] = cellOf(first);
    const part: Block[] = [];
    for (let c = column - 1; c <= column + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) part.push(...(cells.get(keyOf(c, r)) ?? []));
    }
    const filled = part.reduce((sum, block) => sum + bitsOf(block.filled), 0);
    if (filled > most) [best, most] = [part, filled];
  }
  return middleOf(positions, best);
}

/** The paper nearest to the mean of the blocks, each weighted with its places. */
function middleOf(positions: Float32Array, blocks: readonly Block[]): number {
  let [x, y, weight] = [0, 0, 0];
  for (const { members, filled } of blocks) {
    const bits = bitsOf(filled);
    x += bits * positions[2 * members[0]];
    y += bits * positions[2 * members[0] + 1];
    weight += bits;
  }
  const far = (paper: number): number =>
    Math.hypot(positions[2 * paper] - x / weight, positions[2 * paper + 1] - y / weight);
  return blocks.flatMap(({ members }) => members).reduce((near, paper) => (far(paper) < far(near) ? paper : near));
}
