import { makeLibraryStore } from '../library/database.web.ts';
import { makeMapLibrary } from '../library/map-library.web.ts';
import { makeUnfinishedRuns } from '../library/unfinished-run.web.ts';

const site = new URL('./', document.baseURI).pathname;
const store = makeLibraryStore(site);

/** What this site keeps in the browser: maps, and the run under way. */
export const library = makeMapLibrary(site, store);
export const unfinishedRuns = makeUnfinishedRuns(store);
