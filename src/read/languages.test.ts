import { describe, expect, it } from 'vitest';
import { collectAs, readSeed } from './fixtures/collect.ts';
import { findLanguages } from './languages.ts';
import { LISTING } from './listing.ts';

const paper = (text: string, title = '') => ({ title, text });
const SENTENCES: readonly (readonly [language: string, text: string])[] = [
  ['en', 'The old clock in the tea house strikes every afternoon when the rain has stopped.'],
  ['de', 'Die alte Uhr im Teehaus schlägt jeden Nachmittag, wenn der Regen aufgehört hat.'],
  ['fr', 'La vieille horloge de la maison de thé sonne chaque après-midi quand la pluie a cessé.'],
  ['es', 'El viejo reloj de la casa de té suena todas las tardes cuando ha dejado de llover.'],
  ['ru', 'Старые часы в чайном доме бьют каждый день, когда дождь уже закончился.'],
  ['zh', '茶馆里的旧钟每天下午雨停的时候敲响。'],
  ['ja', '茶屋の古い時計は、雨が止むと毎日午後に鳴ります。'],
  ['ko', '찻집의 오래된 시계는 비가 그치면 매일 오후에 울린다.'],
  ['ar', 'الساعة القديمة في بيت الشاي تدق كل ظهيرة عندما يتوقف المطر عن الهطول.'],
];

describe('languages found', () => {
  it.each(SENTENCES)('tells %s', async (language, text) => {
    expect(await findLanguages([paper(text), paper(text), paper(text)])).toEqual([{ language, share: 1 }]);
  });

  it('gives shares, the commonest first, without rare ones', async () => {
    const [[, english], [, german], [, french]] = SENTENCES;
    const papers = Array.from({ length: 1000 }, (_, i) =>
      paper(i % 100 === 7 ? french : i % 4 === 0 ? german : english),
    );
    const found = await findLanguages(papers);
    expect(found.map(({ language }) => language)).toEqual(['en', 'de']);
    expect(found[0].share).toBeCloseTo(0.74, 1);
  });

  it('takes short texts together, and says nothing of too few letters', async () => {
    const words =
      'the clock|a house of tea|when it rains|in the afternoon|every day|with the others|they have been|what is this'.split(
        '|',
      );
    expect(await findLanguages(words.map((text) => paper('', text)))).toEqual([{ language: 'en', share: 1 }]);
    expect(await findLanguages([paper('One'), paper('Two'), paper('12 34')])).toEqual([]);
    expect(await findLanguages([])).toEqual([]);
  });

  it('is not misled by markup', async () => {
    const seeds = [0, 1, 2, 3, 4].flatMap((i) => collectAs(LISTING, readSeed(i)).records);
    expect((await findLanguages(seeds))[0]).toEqual({ language: 'en', share: expect.closeTo(1, 1) });
    const marked = SENTENCES[1][1].replaceAll(' ', '</span></p> <p class="the"><span class="and this">');
    expect((await findLanguages([paper(`<p><span>${marked}</span></p>`)]))[0].language).toBe('de');
  });
});
