import { expect, it } from 'vitest';
import { labPage } from './fixtures/app-lab.ts';
import { makeSettings } from './settings.ts';
import { makeStore } from './store.ts';

it('what was chosen holds for this visit and the next', () => {
  const page = labPage();
  const [first, next] = [makeStore(), makeStore()];
  const settings = makeSettings(first, page);
  expect(first.get()).toMatchObject({ theme: 'auto', singleKeys: true });
  settings.chooseTheme('dark');
  settings.chooseSingleKeys(false);
  expect(first.get()).toMatchObject({ theme: 'dark', singleKeys: false });
  makeSettings(next, page);
  expect(next.get()).toMatchObject({ theme: 'dark', singleKeys: false });
  page.stored.set('portolan-theme', 'pink');
  makeSettings(next, page).chooseSingleKeys(true);
  expect(next.get()).toMatchObject({ theme: 'auto', singleKeys: true });
});
