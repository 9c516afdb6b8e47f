import { describe, expect, it } from 'vitest';
import type { Column } from '../../model/paper.ts';
import { findPlaces } from './find-places.ts';
import { pairPlaceNames } from './place-names.ts';

const numbers = (name: string, values: Column['values'] = [0, 1, 2, 4]): Column => ({ name, values });
const found = (...columns: Column[]) => findPlaces(columns).map(({ x, y }) => `${x} | ${y}`);

describe('names of places', () => {
  it.each([
    ['x', 'y'],
    ['X', 'Y'],
    ['umap_x', 'umap_y'],
    ['UMAP_1', 'UMAP_2'],
    ['umap1', 'umap2'],
    ['UMAP-0', 'UMAP-1'],
    ['tsne_1', 'tsne_2'],
    ['tsne-2d-one', 'tsne-2d-two'],
    ['t-SNE 1', 't-SNE 2'],
    ['projection_x', 'projection_y'],
    ['projection.x', 'projection.y'],
    ['projectionX', 'projectionY'],
    ['pos_x', 'pos_y'],
    ['posx', 'posy'],
    ['coord_x', 'coord_y'],
    ['x_coord', 'y_coord'],
    ['xcoord', 'ycoord'],
    ['x (map)', 'y (map)'],
    ['dim1', 'dim2'],
    ['Dim 0', 'Dim 1'],
    ['x1', 'x2'],
    ['PC1', 'PC2'],
    ['longitude', 'latitude'],
    ['geo_lng', 'geo_lat'],
  ])('%s, %s', (x, y) => {
    expect(pairPlaceNames(['title', y, 'n', x])).toMatchObject([{ x, y }]);
  });

  it('are none where the partner is missing, or they count more than two dimensions or something else', () => {
    const none = [
      ['x', 'z'],
      ['umap_x', 'tsne_y'],
      ['year_x', 'year_y'],
      ['author1', 'author2'],
      ['q1', 'q2'],
      ['dim1', 'dim2', 'dim3'],
      ['max', 'may'],
      ['matrix', 'matriy'],
      ['lon', 'long'],
    ];
    for (const names of none) expect(pairPlaceNames(names)).toEqual([]);
    expect(pairPlaceNames(['PC1', 'PC2', 'PC3'])).toHaveLength(1);
  });

  it('of a layout come before others, those on the globe last', () => {
    const names = ['lat', 'lon', 'x', 'y', 'umap_x', 'umap_y'];
    expect(pairPlaceNames(names).map(({ x }) => x)).toEqual(['umap_x', 'x', 'lon']);
  });
});

describe('places', () => {
  it('are two columns of numbers, whatever stands for none', () => {
    const [places] = findPlaces([
      numbers('x', [0, 'nan', 2, null, 4, '', 6]),
      numbers('y', ['0', '1', '2', '3', '1e0', '5', 'inf']),
    ]);
    expect(places.without).toEqual([1, 3, 5, 6]);
    expect(Array.from(places.positions.subarray(0, 2))).toEqual([-1, -0.5]);
    expect(Number.isNaN(places.positions[2])).toBe(true);
  });

  it('are none where a column holds words, or fewer than three places differ', () => {
    expect(found(numbers('x'), numbers('y', ['a', 'b', 'c', 'd']))).toEqual([]);
    expect(found(numbers('x', [1, 1, 1, 2]), numbers('y', [1, 1, 1, 2]))).toEqual([]);
    expect(found(numbers('x', [1, null, null, 2]), numbers('y', [1, 5, 6, 2]))).toEqual([]);
    expect(found(numbers('x'), numbers('y'))).toEqual(['x | y']);
  });

  it('may be lists of two numbers in one column whose name says so', () => {
    const lists = (name: string) => numbers(name, ['[0, 1.5]', '2; -3', '(4e-1 nan)', null, '7,8']);
    const [places] = findPlaces([lists('umap')]);
    expect(places).toMatchObject({ x: 'umap', y: 'umap', isGeographic: false, without: [2, 3] });
    expect(findPlaces([lists('pages'), numbers('umap', ['[1,2]', '[3,4]', '[5,6,7]'])])).toEqual([]);
    expect(
      found(numbers('geometry.coordinates', ['10, 50', '11, 51', '12, 48']), numbers('xy', ['1 2', '2 5', '3 9'])),
    ).toEqual(['xy | xy', 'geometry.coordinates | geometry.coordinates']);
  });

  it('may have a comma for the point', () => {
    const [places] = findPlaces([numbers('x', ['-0,5', '1,25', '0,3']), numbers('y', ['0,1', '0,2', '2'])]);
    const expected = [-0.875 / 0.95, -1, 0.875 / 0.95, -0.85 / 0.95, -0.075 / 0.95, 1];
    expect(Array.from(places.positions)).toEqual(expected.map((value) => expect.closeTo(value, 5)));
  });

  it('on the globe are degrees, drawn as wide as they are there', () => {
    const [places] = findPlaces([numbers('lat', [60, 60, 58, 62]), numbers('lon', [10, 14, 12, 12])]);
    expect(places).toMatchObject({ x: 'lon', y: 'lat', isGeographic: true });
    const width = places.positions[2] - places.positions[0];
    const height = places.positions[7] - places.positions[5];
    expect(width / height).toBeCloseTo(0.5, 6);
    expect(found(numbers('lon', [10, 20, 999, 7]), numbers('lat', [1, 2, 3, 4]))).toEqual([]);
  });
});
