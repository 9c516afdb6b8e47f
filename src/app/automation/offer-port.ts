import type { PortolanPage } from '../../../public/portolan.d.ts';
import type { App } from '../app.ts';

/** The port of a page. Its code is fetched by the first call, since few visits use it. */
export function offerPort(app: App): PortolanPage {
  /** Shared by all calls, since searches take turns in it; null until it is loaded. */
  let made: PortolanPage | null = null;
  const port = async (): Promise<PortolanPage> => {
    const { makePort } = await import('./port.ts');
    made ??= makePort(app);
    return made;
  };
  return {
    open: async (...to) => (await port()).open(...to),
    read: async (...to) => (await port()).read(...to),
    cancel: async () => (await port()).cancel(),
    make: async (...to) => (await port()).make(...to),
    add: async () => (await port()).add(),
    dimensions: async () => (await port()).dimensions(),
    keepDimensions: async (...to) => (await port()).keepDimensions(...to),
    search: async (...to) => (await port()).search(...to),
    export: async (...to) => (await port()).export(...to),
    state: async () => (await port()).state(),
    topics: async () => (await port()).topics(),
    select: async (...to) => (await port()).select(...to),
    openPaper: async (...to) => (await port()).openPaper(...to),
    filter: async (...to) => (await port()).filter(...to),
    facets: async () => (await port()).facets(),
    color: async (...to) => (await port()).color(...to),
    on: async (...to) => (await port()).on(...to),
  };
}
