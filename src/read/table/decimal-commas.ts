import type { Column, ColumnValue } from '../../model/paper.ts';

/** A number with a comma before its fraction, perhaps with points, blanks or apostrophes between thousands. */
const NUMBER = /^[-+]?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:[.\s'’]\d{3})+)(?:,(\d+))?$/u;

/**
 * Makes numbers of columns in which all values are numbers written with a decimal comma, as in most of Europe: `0,50`,
 * `1.234,5`. A column in which every comma stands before three digits is left alone, since these may be thousands. O(cells).
 */
export function settleDecimals(columns: readonly Column[]): Column[] {
  return columns.map((column) => {
    let isSure = false;
    for (const value of column.values) {
      if (value === null) continue;
      const match = typeof value === 'string' && value.length <= 40 ? NUMBER.exec(value) : null;
      if (!match) return column;
      if (match[1] !== undefined && match[1].length !== 3) isSure = true;
    }
    return isSure ? { ...column, values: column.values.map(numberOf) } : column;
  });
}

function numberOf(value: ColumnValue): number | null {
  return typeof value === 'string' ? Number(value.replace(/[.\s'’]/gu, '').replace(',', '.')) : null;
}
