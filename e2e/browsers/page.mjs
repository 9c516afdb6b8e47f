import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('./firefox.mjs').Driver} Driver */
/** @typedef {ReturnType<typeof openPage>} Page */
/** @typedef {{ text?: string, within?: number, shown?: boolean }} Wanted */

/** Keys, as WebDriver writes them. */
export const CONTROL = '\uE009';
export const ESCAPE = '\uE00C';
const BACKSPACE = '\uE003';

/** What a station of the tour waits for at most, in ms: the machine may be busy with others. */
const PATIENCE = 30_000;

/**
 * What a person does with a page, by a driver.
 * @param {Driver} driver
 */
export function openPage(driver) {
  /**
   * Calls a function in the page, which may return a promise; nothing of this file's scope goes along.
   * @param {(...given: any[]) => unknown} act @param {...unknown} args @returns {Promise<any>}
   */
  const ask = async (act, ...args) => {
    const script = `const given = [...arguments]; const done = given.pop();
      Promise.resolve().then(() => (${act})(...given)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value } = await driver.send('ExecuteAsyncScript', { script, args });
    if (value.error) throw new Error(value.error);
    return value.value;
  };

  /** @param {string} what @param {() => Promise<any>} look @param {number} [within] ms @returns {Promise<any>} */
  const until = async (what, look, within = PATIENCE) => {
    const end = Date.now() + within;
    for (let last = ''; ; ) {
      const found = await look().catch((error) => {
        last = ` (${error.message})`;
      });
      if (found) return found;
      if (Date.now() > end) throw new Error(`${what}: not within ${within / 1000} s${last}`);
      await sleep(150);
    }
  };

  /**
   * Waits for an element that a selector finds, whose text, or else label, holds `text`.
   * @param {string} selector @param {Wanted} [wanted]
   */
  const see = (selector, { text = '', within = PATIENCE, shown = true } = {}) =>
    until(`${selector} ${text}`, () => ask(elementOf, selector, text, shown), within);

  /** @param {any} element @returns {string} */
  const idOf = (element) => String(Object.values(element)[0]);

  /** @param {string} selector @param {string} [text] */
  const click = async (selector, text = '') => {
    // What is found may be replaced before it is clicked: then once more.
    await until(`a click on ${selector} ${text}`, async () => {
      await driver.send('ElementClick', { id: idOf(await see(selector, { text })) });
      return true;
    });
  };

  /** @type {string[]} */
  const heard = [];
  const collect = async () => heard.push(...(await ask(takeHeard).catch(() => [])));

  return {
    ask,
    until,
    see,
    click,
    /** Errors and policy violations that pages have told of after they were loaded. */
    heard: async () => {
      await collect();
      return heard;
    },
    goto: async (/** @type {string} */ url) => {
      await collect();
      await driver.send('Navigate', { url });
      await ask(listen);
    },
    reload: () => driver.send('Refresh'),
    /** @param {string} selector */
    gone: (selector) => until(`no ${selector}`, () => ask((what) => !document.querySelector(what), selector)),
    /** @param {string} selector @param {string} text replaces what stands in the field */
    fill: async (selector, text) => {
      const id = idOf(await see(selector));
      await driver.send('ElementClick', { id });
      // By keys: React does not hear of what WebKit's own command clears.
      await perform(driver, keyActions([CONTROL, 'a']));
      await perform(driver, keyActions([BACKSPACE]));
      if (text) await driver.send('ElementSendKeys', { id, text, value: [...text] });
    },
    /** @param {string} selector @param {string} path */
    give: async (selector, path) => {
      const element = await see(selector, { shown: false });
      await driver.send('ElementSendKeys', { id: idOf(element), text: path, value: [...path] });
    },
    /** @param {...string} keys held together */
    press: (...keys) => perform(driver, keyActions(keys)),
    /** @param {readonly (readonly [number, number])[]} corners in CSS pixels */
    drag: (corners) => perform(driver, dragActions(corners)),
    /** @param {number} x @param {number} y */
    clickAt: (x, y) => perform(driver, dragActions([[x, y]])),
    /** @param {string} selector of a frame that what follows is about */
    enter: async (selector) => driver.send('SwitchToFrame', { id: await see(selector) }),
    leave: () => driver.send('SwitchToFrame', { id: null }),
    /** @param {string} file */
    picture: async (file) => {
      const { value } = await driver.send('TakeScreenshot', { full: false });
      writeFileSync(file, Buffer.from(value, 'base64'));
    },
  };
}

/** Runs in the page: errors, rejections and violations are kept until {@link takeHeard}. */
function listen() {
  /** @type {string[]} */
  const lines = [];
  Object.assign(window, { portolanHeard: lines });
  addEventListener('error', ({ message, filename }) => lines.push(`${message} (${filename})`));
  addEventListener('unhandledrejection', ({ reason }) => lines.push(String(reason)));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    lines.push(`${violatedDirective} forbids ${blockedURI}`);
  });
}

/** Runs in the page. */
function takeHeard() {
  const { portolanHeard = [] } = /** @type {{ portolanHeard?: string[] }} */ (/** @type {unknown} */ (window));
  return portolanHeard.splice(0);
}

/** Runs in the page. @param {string} selector @param {string} text @param {boolean} shown */
function elementOf(selector, text, shown) {
  for (const element of document.querySelectorAll(selector)) {
    const words = `${element.textContent} ${element.getAttribute('aria-label') ?? ''}`;
    if (words.includes(text) && (!shown || element.getClientRects().length > 0)) return element;
  }
  return null;
}

/** @param {Driver} driver @param {object} source */
async function perform(driver, source) {
  await driver.send('PerformActions', { actions: [source] });
  await driver.send('ReleaseActions');
}

/** @param {readonly string[]} keys */
function keyActions(keys) {
  const down = keys.map((value) => ({ type: 'keyDown', value }));
  const up = keys.toReversed().map((value) => ({ type: 'keyUp', value }));
  return { type: 'key', id: 'keyboard', actions: [...down, ...up] };
}

/** @param {readonly (readonly [number, number])[]} corners */
function dragActions([[x, y], ...others]) {
  const moves = others.map(([toX, toY]) => ({ type: 'pointerMove', x: toX, y: toY, duration: 120 }));
  const actions = [
    { type: 'pointerMove', x, y, duration: 0 },
    { type: 'pointerDown', button: 0 },
    ...moves,
    { type: 'pointerUp', button: 0 },
  ];
  return { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions };
}
