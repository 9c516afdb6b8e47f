import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONNECT, FRAME_LIMITS, type FrameCall, frameOptions, isConnect, parseCall } from './protocol.ts';

const GOOD: readonly Omit<FrameCall, 'id'>[] = [
  { method: 'load', args: { url: 'map.parquet' } },
  { method: 'load', args: { bytes: new ArrayBuffer(8) } },
  { method: 'setView', args: null },
  { method: 'setView', args: { x: 0.5, y: -1, zoom: 3 } },
  { method: 'search', args: 'maps' },
  { method: 'select', args: -1 },
  { method: 'select', args: { topic: 3 } },
  { method: 'highlight', args: [1, 2] },
  { method: 'filter', args: null },
  { method: 'filter', args: { topics: [0, 4] } },
  { method: 'setColor', args: 'venue' },
  { method: 'setColor', args: 2 },
  { method: 'setTheme', args: 'dark' },
  { method: 'getState', args: null },
  { method: 'getTopics', args: null },
  { method: 'getPapers', args: { from: 0, count: 10 } },
  { method: 'export', args: 'png' },
  { method: 'destroy', args: null },
];

describe('calls of a host page', () => {
  it('are taken when they are whole', () => {
    for (const [i, call] of GOOD.entries())
      expect(parseCall({ ...call, id: i + 1 }, i)).toEqual({ ...call, id: i + 1 });
  });

  it('are ignored when they were sent before', () => {
    for (const id of [0, 4, 5, -1, 1.5, Number.NaN, '6', undefined])
      expect(parseCall({ method: 'getState', id }, 5)).toBeNull();
  });

  it('are refused by name when they are malformed, unknown or too much', () => {
    const bad: readonly [string, unknown][] = [
      ['load', {}],
      ['load', { url: 'x'.repeat(FRAME_LIMITS.text + 1) }],
      ['setView', { x: Number.NaN, y: 0, zoom: 1 }],
      ['setView', { x: 0, y: 0, zoom: 0 }],
      ['search', 7],
      ['search', 'x'.repeat(FRAME_LIMITS.text + 1)],
      ['select', -2],
      ['select', { topic: -2 }],
      ['select', {}],
      ['select', null],
      ['highlight', new Array(FRAME_LIMITS.indices + 1).fill(0)],
      ['highlight', ['0']],
      ['filter', undefined],
      ['filter', { topics: [-1] }],
      ['filter', { topics: 'all' }],
      ['setColor', -1],
      ['setColor', 'x'.repeat(FRAME_LIMITS.text + 1)],
      ['setColor', null],
      ['setTheme', 'pink'],
      ['getPapers', { from: 0, count: FRAME_LIMITS.papers + 1 }],
      ['export', 'exe'],
      ['eval', '1'],
      ['constructor', null],
      ['__proto__', null],
    ];
    for (const [method, args] of bad) expect(parseCall({ id: 1, method, args }, 0)).toEqual({ id: 1 });
  });

  it('never throw and never let through another method or a larger text', () => {
    const method = fc.oneof(fc.constantFrom(...GOOD.map((call) => call.method)), fc.string());
    const message = fc.oneof(fc.anything(), fc.record({ id: fc.integer(), method, args: fc.anything() }));
    fc.assert(
      fc.property(message, fc.integer(), (data, lastId) => {
        const call = parseCall(data, lastId);
        if (!call) return;
        expect(call.id).toBeGreaterThan(lastId);
        if (!('method' in call)) return;
        expect(GOOD.some((good) => good.method === call.method)).toBe(true);
        if (call.method === 'search') expect(typeof call.args).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });

  it('begin with one message that is told from all others', () => {
    expect(isConnect(CONNECT)).toBe(true);
    fc.assert(
      fc.property(fc.anything(), (data) => {
        expect(isConnect(data)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('are methods of the element, and stand in its types', () => {
    const element = readFileSync(join(import.meta.dirname, 'portolan.ts'), 'utf8');
    const types = readFileSync(join(import.meta.dirname, '../../public/portolan.d.ts'), 'utf8');
    for (const { method } of GOOD) {
      expect(element).toMatch(new RegExp(`^  (?:async )?${method}\\(`, 'mu'));
      expect(types).toMatch(new RegExp(`^  ${method}\\(`, 'mu'));
    }
  });
});

const PLAIN = frameOptions('');

describe('what the address of a frame says', () => {
  it('is read key by key', () => {
    expect(frameOptions('#map=a.parquet&host=https%3A%2F%2Fx.org&theme=dark&at=0.5,-1,3&q=two+words')).toEqual({
      ...PLAIN,
      ...{
        map: 'a.parquet',
        host: 'https://x.org',
        theme: 'dark',
        view: { x: 0.5, y: -1, zoom: 3 },
        query: 'two words',
      },
    });
    expect(frameOptions('#color=3&topic=12&gestures=greedy')).toEqual({
      ...PLAIN,
      ...{ color: '3', topic: 12, gestures: 'greedy' },
    });
  });

  it('is cut where it is too long', () => {
    const long = 'x'.repeat(9000);
    const { map, query } = frameOptions(`#map=${long}&q=${long}`);
    expect([map.length, query.length]).toEqual([2000, 300]);
  });

  it('counts as absent when it is malformed', () => {
    for (const hash of ['#theme=pink', '#at=1,2', '#at=0,0,0', '#at=NaN,0,1', '#topic=-3', '#topic=1e3', '#gestures=x'])
      expect(frameOptions(hash)).toEqual(PLAIN);
  });

  it('never makes it throw and stays within its ranges', () => {
    const keys = fc.constantFrom('map', 'host', 'theme', 'at', 'q', 'color', 'topic', 'gestures', '__proto__');
    const hashes = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.tuple(keys, fc.string({ unit: 'binary' })))
        .map((pairs) => pairs.map((pair) => pair.join('=')).join('&')),
    );
    fc.assert(
      fc.property(hashes, (hash) => {
        const { map, host, query, color, topic, view } = frameOptions(`#${hash}`);
        expect(Math.max(map.length, host.length)).toBeLessThanOrEqual(2000);
        expect(Math.max(query.length, color.length)).toBeLessThanOrEqual(300);
        expect(Number.isInteger(topic) && topic >= -1).toBe(true);
        if (view) expect(Object.values(view).every(Number.isFinite) && view.zoom > 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
