import { handOver, takeHandedOver } from '../offline/caches.web.ts';
import { registerOffline } from '../offline/register.client.ts';
import { areKept, FileError, keepFiles } from '../offline/verified-files.web.ts';
import { openFiles } from './maps/import-papers.ts';
import { editedMap, fileName } from './maps/open-map.ts';
import { mapFiles } from './session.ts';
import { getState, notify, type Offline, setState, store } from './store.ts';

/** Long enough for the map to be drawn and searched before the line is used for something else. */
const WAIT_MS = 4000;

const scope = new URL('./', document.baseURI).href;
const tools = { caches: globalThis.caches, fetch: (url: string, init: RequestInit) => fetch(url, init) };

/** What is kept when it is used: the runtime for graphics devices, and its model. */
const USED_FILES = Object.entries(MODEL_FILES).map(([path, file]) => ({ path, ...file }));

let keeping: AbortController | null = null;
let acceptUpdate: () => void = () => location.reload();

/**
 * Makes this page an app that opens without a network: registers the service worker, opens what another app or the
 * system handed over, and, once the page is idle, keeps the encoder, so that texts can be embedded offline too. On a
 * connection that saves data only the menu starts that. Where there is no storage, nothing happens and nothing is said.
 */
export async function startOffline(): Promise<void> {
  // The chunk of a build that is gone from the server: only a reload helps, and the user chooses when.
  window.addEventListener('vite:preloadError', () => setState({ hasUpdate: true }));
  takeLaunchedFiles();
  const registration = await registerOffline({
    onUpdate(accept) {
      acceptUpdate = accept;
      setState({ hasUpdate: true });
    },
  });
  // A page may hand a map to itself over a reload, also where there is no service worker.
  const handed = await takeHandedOver(scope).catch(() => []);
  if (handed.length > 0) await openFiles(handed);
  if (!registration) return;
  if (await areKept(scope, HEAVY_FILES, tools).catch(() => false)) {
    setState({ offline: { state: 'ready', done: 0, total: 0 } });
    return;
  }
  setState({ offline: { state: 'stopped', done: 0, total: heavyBytes() } });
  const { connection } = navigator as { connection?: { saveData?: boolean } }; // Chromium alone tells.
  if (!connection?.saveData) setTimeout(keepWhenIdle, WAIT_MS);
}

/** Fetches what is missing for use offline; the menu shows how far it is, and {@link stopKeeping} ends it. */
export async function keepOffline(): Promise<void> {
  if (keeping) return;
  const controller = new AbortController();
  keeping = controller;
  const show = (state: Offline['state'], done: number): void =>
    setState({ offline: { state, done, total: heavyBytes() } });
  show('fetching', 0);
  try {
    const watch = {
      signal: controller.signal,
      onProgress: (done: number) => show('fetching', done),
      others: USED_FILES,
    };
    await oneTabOnly(() => keepFiles(scope, HEAVY_FILES, watch, tools));
    show((await areKept(scope, HEAVY_FILES, tools)) ? 'ready' : 'stopped', 0);
  } catch (error) {
    show('stopped', 0);
    const problem = error instanceof FileError ? error.problem : 'no-room';
    if (problem !== 'stopped')
      notify('failure', { title: 'Not kept for use offline', text: SENTENCES[problem], details: String(error) });
  } finally {
    keeping = null;
  }
}

export function stopKeeping(): void {
  keeping?.abort();
}

/** Lets the new version take over. A map that no file holds yet is handed to it, and opened there. */
export async function acceptNewVersion(): Promise<void> {
  // A service worker gives way only when it has nothing left to answer, and a download of 27 MB takes its time.
  stopKeeping();
  const map = editedMap();
  if (map && getState().mapAt === '') {
    try {
      const bytes = await mapFiles.encode(map);
      await handOver(scope, [new File([bytes], `${fileName(map.info.name)}.parquet`)]);
    } catch {
      // It cannot be handed over: then the user decides, by saving it first.
      notify('failure', { title: 'Save the map first', text: 'The browser refused to keep it over the reload.' });
      return;
    }
  }
  acceptUpdate();
}

const SENTENCES: Readonly<Record<Exclude<FileError['problem'], 'stopped'>, string>> = {
  unreachable:
    'The server did not answer, or broke off. Everything works on while you are online; try again in the menu.',
  'wrong-body': 'The server sent other files than this version needs. Reload the page, then try again in the menu.',
  'no-room': 'The browser has no room for it, or refuses to store. Everything works on while you are online.',
};

function heavyBytes(): number {
  return HEAVY_FILES.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A run needs line and processor more: what has been fetched so far is kept, the rest waits for its end. */
function keepWhenIdle(): void {
  if (getState().job === null) void keepOffline();
  else resumes = true;
  store.subscribe(({ job, offline }, before) => {
    if (job && !before.job && keeping) {
      resumes = true;
      stopKeeping();
    }
    if (!job && before.job && resumes && offline.state !== 'ready') {
      resumes = false;
      setTimeout(() => void keepOffline(), WAIT_MS);
    }
  });
}

let resumes = false;

async function oneTabOnly(work: () => Promise<void>): Promise<void> {
  const { locks } = navigator as { locks?: LockManager }; // Not in every context.
  if (!locks) return work();
  await locks.request(`portolan keep ${scope}`, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}

interface LaunchParams {
  readonly files?: readonly FileSystemFileHandle[];
}

/** Files that were opened with the installed app. */
function takeLaunchedFiles(): void {
  const { launchQueue } = window as { launchQueue?: { setConsumer(take: (params: LaunchParams) => void): void } }; // Chromium alone.
  launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void Promise.all(files.map((handle) => handle.getFile())).then(openFiles);
  });
}
