import { toFailure } from '../model/failure.ts';
import { handOver, takeHandedOver } from '../offline/caches.web.ts';
import { registerOffline } from '../offline/register.client.ts';
import { areKept, FileError, type FileTools, keepFiles } from '../offline/verified-files.web.ts';
import type { MapFiles } from '../pipeline/map-file.client.ts';
import { fileName } from './maps/files.ts';
import type { Importing } from './maps/importing.ts';
import type { Showing } from './maps/showing.ts';
import type { Page } from './page.ts';
import { isBusy, type Offline } from './state.ts';
import type { Store } from './store.ts';
import type { Tabs } from './tabs.ts';

/** Delay that lets the map be drawn and searched before the connection is used for downloads. */
const WAIT_MS = 4000;

/** Name of the lock that lets one tab at a time download. */
const KEEPING = 'keeping the model';

/** Files kept only once they are used: the runtime for graphics devices, and its model. */
const USED_FILES = Object.entries(MODEL_FILES).map(([path, file]) => ({ path, ...file }));

/** Offline use of the page, and updates to new versions. */
export interface OfflineApp {
  /**
   * Registers the service worker, opens what another app or the system handed over, and downloads the encoder once the
   * page is idle, so that texts can be embedded offline too. On a connection that saves data, only the menu starts this
   * download. Does nothing where there is no storage.
   */
  startOffline(): Promise<void>;
  /** Downloads what is missing for offline use. The store has the progress; {@link stopKeeping} stops it. */
  keepOffline(): Promise<void>;
  stopKeeping(): void;
  /** Activates the new version. A map not yet in any file is handed over and opened there. */
  acceptNewVersion(): Promise<void>;
}

interface Parts {
  readonly store: Store;
  readonly page: Page;
  readonly tabs: Tabs;
  readonly mapFiles: Pick<MapFiles, 'encode'>;
  readonly showing: Pick<Showing, 'editedMap'>;
  readonly importing: Pick<Importing, 'openFiles'>;
}

/** Creates an {@link OfflineApp}; nothing is registered or fetched yet. */
export function makeOffline({ store, page, tabs, mapFiles, showing, importing }: Parts): OfflineApp {
  const tools: FileTools = { caches: globalThis.caches, fetch: (url, init) => fetch(url, init) };
  const keeper = makeKeeper(store, page.base, tabs, tools);
  let acceptUpdate = (): void => page.reload();
  const offerUpdate = (accept: () => void): void => {
    acceptUpdate = accept;
    store.set({ hasUpdate: true });
  };
  return {
    ...keeper,
    async startOffline() {
      // A code chunk of this build is no longer on the server. Only a reload helps, and the user decides when.
      window.addEventListener('vite:preloadError', () => store.set({ hasUpdate: true }));
      takeLaunchedFiles(importing.openFiles);
      const registration = await registerOffline({ onUpdate: offerUpdate });
      // A page can hand a map to itself across a reload, even without a service worker.
      const handed = await takeHandedOver(page.base).catch(() => []);
      if (handed.length > 0) await importing.openFiles(handed);
      if (!registration) return;
      if (await areKept(page.base, HEAVY_FILES, tools).catch(() => false)) {
        store.set({ offline: { state: 'ready', done: 0, total: 0 } });
        return;
      }
      store.set({ offline: { state: 'stopped', done: 0, total: HEAVY_BYTES } });
      const { connection } = navigator as { connection?: { saveData?: boolean } }; // Chromium only.
      if (!connection?.saveData) setTimeout(() => keepWhenIdle(store, keeper), WAIT_MS);
    },
    async acceptNewVersion() {
      // A service worker is replaced only when no request is pending, and a download of 27 MB takes long.
      keeper.stopKeeping();
      const map = showing.editedMap();
      if (map && store.get().mapAt === '') {
        try {
          const bytes = await mapFiles.encode(map);
          await handOver(page.base, [new File([bytes], `${fileName(map.info.name)}.parquet`)]);
        } catch {
          // Without the handover, the user must save the map first.
          const text = 'The browser refused to keep it over the reload.';
          store.notify('failure', { title: 'Save the map first', text });
          return;
        }
      }
      acceptUpdate();
    },
  };
}

type Keeper = Pick<OfflineApp, 'keepOffline' | 'stopKeeping'>;

function makeKeeper(store: Store, scope: string, tabs: Tabs, tools: FileTools): Keeper {
  let keeping: AbortController | null = null;
  const show = (state: Offline['state'], done: number): void =>
    store.set({ offline: { state, done, total: HEAVY_BYTES } });
  return {
    async keepOffline() {
      if (keeping) return;
      const controller = new AbortController();
      keeping = controller;
      show('fetching', 0);
      try {
        const onProgress = (done: number): void => show('fetching', done);
        const watch = { signal: controller.signal, onProgress, others: USED_FILES };
        await tabs.alone(KEEPING, () => keepFiles(scope, HEAVY_FILES, watch, tools)).catch(unlessBusy);
        show((await areKept(scope, HEAVY_FILES, tools)) ? 'ready' : 'stopped', 0);
      } catch (error) {
        show('stopped', 0);
        const problem = error instanceof FileError ? error.problem : 'no-room';
        if (problem === 'stopped') return;
        const details = String(error);
        store.notify('failure', { title: 'Not kept for use offline', text: SENTENCES[problem], details });
      } finally {
        keeping = null;
      }
    },
    stopKeeping: () => keeping?.abort(),
  };
}

/** Ignores `busy`: another tab is downloading the same files, which is as good. */
function unlessBusy(error: unknown): void {
  if (toFailure(error, 'storage').code !== 'busy') throw error;
}

const SENTENCES: Readonly<Record<Exclude<FileError['problem'], 'stopped'>, string>> = {
  unreachable:
    'The server did not answer, or broke off. Everything works on while you are online; try again in the menu.',
  'wrong-body': 'The server sent other files than this version needs. Reload the page, then try again in the menu.',
  'no-room': 'The browser has no room for it, or refuses to store. Everything works on while you are online.',
};

const HEAVY_BYTES = HEAVY_FILES.reduce((sum, { bytes }) => sum + bytes, 0);

/** Pauses the download during a run, which needs the connection and the processor, and resumes it afterwards. */
function keepWhenIdle(store: Store, { keepOffline, stopKeeping }: Keeper): void {
  let resumes = isBusy(store.get());
  if (!resumes) void keepOffline();
  store.subscribe((state, before) => {
    const { offline } = state;
    const [isNow, wasBefore] = [isBusy(state), isBusy(before)];
    if (isNow && !wasBefore && offline.state === 'fetching') {
      resumes = true;
      stopKeeping();
    }
    if (!isNow && wasBefore && resumes && offline.state !== 'ready') {
      resumes = false;
      setTimeout(() => void keepOffline(), WAIT_MS);
    }
  });
}

interface LaunchParams {
  readonly files?: readonly FileSystemFileHandle[];
}

/** Files that were opened with the installed app. */
function takeLaunchedFiles(open: (files: readonly File[]) => Promise<unknown>): void {
  const { launchQueue } = window as { launchQueue?: { setConsumer(take: (params: LaunchParams) => void): void } }; // Chromium only.
  launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void Promise.all(files.map((handle) => handle.getFile())).then(open);
  });
}
