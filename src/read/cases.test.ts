import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOf, readCases } from './fixtures/cases.ts';

/** Own files by kind of format; a folder of others, with a cases.json, is named by PORTOLAN_CASES. */
const OWN = join(import.meta.dirname, 'fixtures/files');
const own = existsSync(OWN) ? readdirSync(OWN).map((name) => join(OWN, name)) : [];
const others = process.env.PORTOLAN_CASES;

describe.each(others ? [others] : own)('files in %s', (folder) => {
  it.each(readCases(folder).map((each) => [`${each.kind} · ${each.name}`, each] as const))('%s', async (_, each) => {
    expect(await faultsOf(each, folder)).toEqual([]);
  });
});
