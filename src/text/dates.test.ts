import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayOrder, guessDayOrder, parseDate, unixDate } from './dates.ts';

describe('dates', () => {
  it.each([
    ['Mar 26, 2023', '2023-03-26'],
    ['Jul 25', '--07-25'],
    ['Mar 7, 2024 3', '2024-03-07'],
    ['2023', '2023'],
    ['2023.0', '2023'],
    ['2023-3', '2023-03'],
    ['2023-03-26T10:00:00Z', '2023-03-26'],
    ['2023/03/26/', '2023-03-26'],
    ['20230326', '2023-03-26'],
    ['26 March 2023', '2023-03-26'],
    ['26-Mar-2023', '2023-03-26'],
    ['Mon, 2 Apr 2007 19:18:42 GMT', '2007-04-02'],
    ['March 2023', '2023-03'],
    ['2023 Mar 26', '2023-03-26'],
    ['26.03.2023', '2023-03-26'],
    ['03/26/2023', '2023-03-26'],
    ['03/04/2023', '2023'],
    ['--07-25', '--07-25'],
    ['1679788800', '2023-03-26'],
    ['1679788800000', '2023-03-26'],
    ['Feb 29, 2024', '2024-02-29'],
    ['Feb 29, 2023', null],
    ['2023-13-01', null],
    ['Spring 2020', null],
    ['May we go', null],
    ['', null],
    ['March', null],
  ])('%j is %s', (raw, iso) => {
    expect(parseDate(raw)).toBe(iso);
  });

  it.each([
    ['12/31/2020', '2020-12-31'],
    ['31.12.2020', '2020-12-31'],
    ['March 2019', '2019-03'],
    ['2 Jan 2018', '2018-01-02'],
    ['2019/3', '2019-03'],
    ['2019', '2019'],
    ['1577836800', '2020-01-01'],
    ['1577836800000', '2020-01-01'],
    ['5.6.2020', '2020-06-05'],
  ])('%j is %s in either order', (raw, iso) => {
    expect([parseDate(raw, 'day-first'), parseDate(raw, 'month-first')]).toEqual([iso, iso]);
  });

  it('are as exact as the order of day and month allows', () => {
    expect(parseDate('03/04/2023', 'day-first')).toBe('2023-04-03');
    expect(parseDate('3-4-2023', 'month-first')).toBe('2023-03-04');
    expect(parseDate('00/04/2023', 'day-first')).toBeNull();
  });

  it('gives one of four shapes or nothing, and the same again', () => {
    const shape = /^(?:\d{4}(?:-\d\d(?:-\d\d)?)?|--\d\d-\d\d)$/;
    const part = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.nat(3000).map(String),
      fc.constantFrom('Mar', ' ', ', ', '-', '/'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const date = parseDate(parts.join(''));
        if (date === null) return;
        expect(date).toMatch(shape);
        expect(parseDate(date)).toBe(date);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('guessDayOrder', () => {
  it.each<[string, string[], ReturnType<typeof guessDayOrder>]>([
    [
      'a day above twelve',
      ['03/04/2020', '25/04/2020'],
      { order: 'day-first', isSure: true, ambiguous: 1, example: '03/04/2020' },
    ],
    [
      'one behind',
      ['3/4/2020', '4/25/2020', 'n/a'],
      { order: 'month-first', isSure: true, ambiguous: 1, example: '3/4/2020' },
    ],
    [
      'both',
      ['25/4/2020', '26/4/2020', '4/25/2020', '3/4/2020'],
      { order: 'day-first', isSure: false, ambiguous: 1, example: '3/4/2020' },
    ],
    ['nothing but slashes', ['3/4/2020'], { order: 'month-first', isSure: false, ambiguous: 1, example: '3/4/2020' }],
    ['nothing but hyphens', ['3-4-2020'], { order: 'day-first', isSure: false, ambiguous: 1, example: '3-4-2020' }],
    [
      'first days of months',
      ['01/04/2020', '01/05/2020'],
      { order: 'day-first', isSure: false, ambiguous: 2, example: '01/04/2020' },
    ],
    ['no date of two ways', ['25/04/2020', '4/4/2020', '5.6.2020', '2020-03-04', 'May 2020', ''], null],
  ])('%s', (_, values, guess) => {
    expect(guessDayOrder(values)).toEqual(guess);
  });

  it('reads any column of days back as it was written, once one day is above twelve', () => {
    const day = fc.date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
    const order = fc.constantFrom<DayOrder>('day-first', 'month-first');
    fc.assert(
      fc.property(
        fc.array(day, { minLength: 1 }),
        order,
        fc.constantFrom('/', '-'),
        fc.boolean(),
        (days, by, mark, isPadded) => {
          const iso = days.map((each) => each.toISOString().slice(0, 10));
          const written = iso.map((each) => {
            const [year, ...parts] = each.split('-').map((part) => (isPadded ? part : String(Number(part))));
            return [...(by === 'day-first' ? parts.reverse() : parts), year].join(mark);
          });
          const guess = guessDayOrder(written);
          const tells = iso.some((each) => Number(each.slice(8)) > 12);
          if (guess && tells) expect(guess).toMatchObject({ order: by, isSure: true });
          expect(written.map((each) => parseDate(each, by))).toEqual(iso);
          // Without an order the result may be less exact, but it is never another day.
          written.forEach((each, i) => {
            expect(iso[i].startsWith(parseDate(each) ?? '-')).toBe(true);
          });
        },
      ),
    );
  });
});

describe('unixDate', () => {
  it.each([
    [1577836800, '2020-01-01'],
    [1577836800000, '2020-01-01'],
    [1577836800.5, null],
    [2019, null],
    [9_999_999_999_999, null],
    [Number.NaN, null],
  ])('%d is %s', (time, date) => {
    expect(unixDate(time)).toBe(date);
  });
});
