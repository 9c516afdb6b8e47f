import type { OpenInput } from '../archives/expand.web.ts';
import type { FileOptions } from '../read.api.ts';

/** Longest mean length of labels; longer ones are texts. */
const MAX_LABEL = 40;
const SNIFFED = 65_536;

/**
 * How the metadata of TensorBoard's Embedding Projector are read: lines divided by tabs, with a row of names only if
 * there are two columns or more (“TensorFlow: Visualizing data using the Embedding Projector”). If all columns are
 * short labels, the first one of words is the title. Nothing for other files.
 */
export async function projectorOptions(input: OpenInput): Promise<FileOptions> {
  if (!/\.(?:tsv|tab|txt)$/iu.test(input.name)) return {};
  const blob = await input.open().catch(() => null);
  const lines = (await blob?.slice(0, SNIFFED).text())?.split('\n').filter((line) => line.trim() !== '') ?? [];
  if (lines.length < 2) return {};
  const rows = lines.slice(0, -1).map((line) => line.replace(/\r$/u, '').split('\t'));
  const isNamed = rows[0].length > 1;
  const shape = { format: 'csv', delimiter: '\t', quote: '', headerRow: isNamed ? 1 : 0 };
  if (!isNamed) return shape;
  const columns = rows[0].map((name, i) => ({ name: name.trim(), cells: rows.slice(1).map((row) => row[i] ?? '') }));
  const words = columns.filter(({ cells }) => cells.some((cell) => /\p{L}/u.test(cell)));
  const mean = (cells: readonly string[]): number => cells.reduce((sum, cell) => sum + cell.length, 0) / cells.length;
  if (words.length === 0 || words.some(({ cells }) => mean(cells) > MAX_LABEL)) return shape;
  return { ...shape, roles: { title: words[0].name } };
}
