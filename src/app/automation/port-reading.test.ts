import { describe, expect, it } from 'vitest';
import { file, portLab } from '../fixtures/port-lab.ts';

describe('reading by the port', () => {
  it('reads as it is told, and refuses what cannot be meant before anything is read', async () => {
    const { port, app } = portLab();
    const wrong: readonly unknown[] = [
      null,
      { delimiter: ';' },
      { merge: 'some' },
      { all: { delimiter: ';;' } },
      { all: { skipLines: -1 } },
      { all: { roles: { heading: 'a' } } },
      { files: { 'a.csv': { page: 1 } } },
      { all: { dayOrder: 'year-first' } },
    ];
    for (const options of wrong) {
      const refused = await port.read(file('4.csv'), options as never).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'bad-call' });
    }
    expect(app.store.get().plan).toBeNull();
    const options = {
      all: { delimiter: ';', headerRow: 2 },
      merge: 'none',
    } as const;
    expect(await port.read(file('4.csv'), options)).toMatchObject({ papers: 4, problem: null, files: [] });
    expect(app.store.get().plan?.choices).toEqual(options);
    const missing = port.read(file('4.csv'), { all: { roles: { title: 'heading' } } });
    await expect(missing).rejects.toThrow('title: no file has a column “heading”');
    const stranger = port.read(file('4.csv'), { files: { '5.csv': { quote: '' } } });
    await expect(stranger).rejects.toThrow('there is no file “5.csv” among those read');
  });

  it('ends no run: what would end one is refused', async () => {
    const { port, store } = portLab();
    await port.read(file('4.csv'));
    store.set({ job: { kind: 'building', name: 'x', progress: null, total: 0, paused: false, places: null } });
    for (const call of [port.make(), port.add(), port.open(new ArrayBuffer(0))]) {
      await expect(call).rejects.toMatchObject({ code: 'busy' });
    }
  });

  it('says what was read of papers that are too few, and makes no map of them', async () => {
    const { port } = portLab();
    await expect(port.read(file('2.csv'))).rejects.toMatchObject({ code: 'too-few-papers' });
    expect((await port.state()).found?.problem).toMatch(/^Too few texts for a map\. 2\.csv holds 2 papers/u);
    await expect(port.make()).rejects.toMatchObject({ code: 'too-few-papers' });
  });
});
