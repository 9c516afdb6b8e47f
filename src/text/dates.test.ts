import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestDate, type DayOrder, guessDayOrder, parseDate, unixDate } from './dates.ts';

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
    ['Wed Oct 10 20:19:24 +0000 2018', '2018-10-10'],
    ['Sun Mar 13 08:00:00 2011', '2011-03-13'],
    ['Sun Mar 13 08:00:00 CET 2011', '2011-03-13'],
    ['Wed Oct 10 2018 20:19:24 GMT+0200 (Central European Summer Time)', '2018-10-10'],
    ['8:19 PM · Oct 10, 2018', '2018-10-10'],
    ['October 10, 2018 at 7:15 AM', '2018-10-10'],
    ['13/1/2021 10:10:00', '2021-01-13'],
    ['3/1/2021 10:10:00', '2021'],
    ['13.03.2011 10:10', '2011-03-13'],
    ['12-Mar-20', '2020-03-12'],
    ['02/Mar/21 10:10 AM', '2021-03-02'],
    ['12-MAR-98', '1998-03-12'],
    ['12-MAR-49 10.11.12.000000 AM', '2049-03-12'],
    ['Thu, 12 Mar 98 10:11:12 GMT', '1998-03-12'],
    ['25/12/50', '1950-12-25'],
    ['20-03-05', null],
    ['20210301T101010', '2021-03-01'],
    ['20210301101010', '2021-03-01'],
    ['2023-03-26T10:00:00+02:00', '2023-03-26'],
    ['2023-03-26+02:00', '2023-03-26'],
    ['2023-03-26Z', '2023-03-26'],
    ['2023-03-00', '2023-03'],
    ['2023-00-00', '2023'],
    ['2019-01/2020-03', '2019-01'],
    ['2019-01-05/2020-03-01', '2019-01-05'],
    ['2019/2020', '2019'],
    ['2019–2020', '2019'],
    ['05/2020', '2020-05'],
    ['2020 Mar-Apr', '2020-03'],
    ['MAR-APR 2020', '2020-03'],
    ['2019 Dec-2020 Jan', '2019-12'],
    ['2020 Mar 5-7', '2020-03-05'],
    ['2020 Spring', '2020'],
    ['2020-Q3', '2020'],
    ['Q3 2020', '2020'],
    ['2020年3月5日', '2020-03-05'],
    ['2020年3月5日(木)', '2020-03-05'],
    ['２０２０年３月', '2020-03'],
    ['2020년 3월 5일', '2020-03-05'],
    ['2020. 3. 5.', '2020-03-05'],
    ['2020. 3. 5. 오전 10:10', '2020-03-05'],
    ['2020. 3.', '2020-03'],
    ['2020年3月5', '2020-03-05'],
    ['2020. 3 boats', null],
    ['12 mars 2020', '2020-03-12'],
    ['1er août 2020', '2020-08-01'],
    ['12. März 2020', '2020-03-12'],
    ['Montag, den 12. Okt. 2020', '2020-10-12'],
    ['12 de marzo de 2020', '2020-03-12'],
    ['marzo de 2020', '2020-03'],
    ['12 dicembre 2020', '2020-12-12'],
    ['3 set. 2020', '2020-09-03'],
    ['12 марта 2020 г.', '2020-03-12'],
    ['5 мая 2020', '2020-05-05'],
    ['5 października 2020 r.', '2020-10-05'],
    ['5. července 2020', '2020-07-05'],
    ['2020. május 5.', '2020-05-05'],
    ['5 Μαΐου 2020', '2020-05-05'],
    ['3 jui 2020', null],
    ['3 marble 2020', null],
    ['43831', null],
    ['43831.5', null],
    ['2020 words of a text', null],
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

describe('bestDate', () => {
  it.each<[string[], string | null]>([
    [['MAY 4', '2023'], '2023-05-04'],
    [['2023', 'MAY'], '2023-05'],
    [['JUL-AUG', '1998'], '1998-07'],
    [['SPR', '2010'], '2010'],
    [['--05-04', '2023-05'], '2023-05-04'],
    [['--05-04', '2023-06'], '2023-06'],
    [['2019', '2020-03'], '2020-03'],
    [['May 4', ''], '--05-04'],
    [['JAN', 'unknown'], null],
    [['29 Feb', '2023'], '2023'],
    [[], null],
  ])('of %j is %s', (values, date) => {
    expect(bestDate(values)).toBe(date);
  });

  it('has a year if any value has one, and is never less exact than one of them', () => {
    const value = fc.constantFrom('2020', 'MAR', 'Mar 3', '2020-03', '2019-12-31', '3/4/2021', 'x', '12', '--02-29');
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), (values) => {
        const date = bestDate(values);
        const years = values.map((each) => parseDate(each)).filter((each) => each !== null && !each.startsWith('-'));
        if (years.length > 0) expect(date).toMatch(/^\d{4}/);
        for (const each of years) expect(date?.length).toBeGreaterThanOrEqual(each?.length ?? 0);
        if (date !== null) expect(parseDate(date)).toBe(date);
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
      'times behind dates',
      ['3/4/2020 10:10', '25/4/2020 10:10'],
      { order: 'day-first', isSure: true, ambiguous: 1, example: '3/4/2020 10:10' },
    ],
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

describe('numbers with a fraction', () => {
  it.each(['6.7606', '4.0304', '12.9999', '1.0001'])('%s is no date', (number) => {
    expect(parseDate(number)).toBeNull();
  });

  it('a month and a year of writing is one', () => {
    expect(parseDate('05/2020')).toBe('2020-05');
  });
});
