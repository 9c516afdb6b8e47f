/**
 * Finds the categories of src/render/palette.ts: `node e2e/bench/find-palette.mjs`, some seconds. Candidates are a
 * grid in OKLCH within sRGB that contrasts with the theme's background by 3:1. Annealing chooses 24 in each theme, the
 * same index of a related hue in both, and maximises over all pairs the least CIEDE2000 over both themes and four ways
 * of seeing (Machado et al. 2009), up to 21, since 20 is what touching topics need; and the difference as most people
 * see it, up to 13. The first ten keep their families of hue, which kept selections are named by.
 */
import { loadTypeScript } from '../../src/command/load-typescript.mjs';

const { contrast, deltaE2000, lab, SIGHTS } = await loadTypeScript('src/render/fixtures/color-sight.ts');
const SIZE = 24;
/** OKLCH hues of the first ten: blue, red, green, yellow, violet, turquoise, rose, brown, indigo, plum. */
const FAMILIES = [258, 32, 150, 85, 310, 205, 15, 50, 275, 350];
const THEMES = [
  { name: 'light', background: '#f7f4ec' },
  { name: 'dark', background: '#0e1726' },
];

/**
 * @param {number} l
 * @param {number} c
 * @param {number} h
 */
function hexOf(l, c, h) {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
  if (rgb.some((v) => v < -1e-4 || v > 1.0001)) return null;
  const byte = (/** @type {number} */ v) =>
    Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
  return `#${rgb
    .map((v) =>
      Math.min(255, Math.max(0, byte(v)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** @param {string} background */
function candidatesOf(background) {
  /** @type {{ hex: string, h: number }[]} */
  const found = [];
  for (let l = 0.36; l <= 0.9; l += 0.03) {
    for (const c of [0.08, 0.12, 0.16, 0.21]) {
      for (let h = 5; h < 360; h += 15) {
        const hex = hexOf(l, c, h);
        if (hex && contrast(hex, background) >= 3.05) found.push({ hex, h });
      }
    }
  }
  const labs = SIGHTS.map((/** @type {string} */ sight) => found.map(({ hex }) => lab(hex, sight)));
  const n = found.length;
  const least = new Float32Array(n * n);
  const normal = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const each = labs.map((/** @type {unknown[]} */ list) => deltaE2000(list[i], list[j]));
      least[i * n + j] = least[j * n + i] = Math.min(...each);
      normal[i * n + j] = normal[j * n + i] = each[0];
    }
  }
  return { found, n, least, normal };
}

const turn = (/** @type {number} */ a, /** @type {number} */ b) => Math.abs(((a - b + 540) % 360) - 180);
let seed = 7;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

const sets = THEMES.map(({ background }) => candidatesOf(background));
const familyOf = (/** @type {number} */ i) => (i < FAMILIES.length ? FAMILIES[i] : null);
/**
 * @param {{ found: { h: number }[] }} set
 * @param {number | null} near
 * @param {number} width degrees
 */
const pick = ({ found }, near, width) => {
  for (;;) {
    const at = Math.floor(random() * found.length);
    if (near === null || turn(found[at].h, near) <= width) return at;
  }
};
const chosen = Array.from({ length: SIZE }, (_, i) => {
  const light = pick(sets[0], familyOf(i), 18);
  return [light, pick(sets[1], sets[0].found[light].h, 20)];
});
const pair = (/** @type {number[]} */ a, /** @type {number[]} */ b) => {
  let least = 21;
  let normal = 13;
  for (const t of [0, 1]) {
    const { n, least: all, normal: own } = sets[t];
    least = Math.min(least, all[a[t] * n + b[t]]);
    normal = Math.min(normal, own[a[t] * n + b[t]]);
  }
  // A pair just under 20 is of no use where topics touch, so the last step counts most.
  return Math.min(least, 21) + (least >= 20.2 ? 12 : 0) - 40 * Math.max(0, 12 - normal);
};
const scoreOf = (/** @type {number} */ i, /** @type {number[]} */ own) =>
  chosen.reduce((sum, other, j) => (j === i ? sum : sum + pair(own, other)), 0);

const STEPS = Number(process.env.STEPS ?? 1_500_000);
for (let step = 0; step < STEPS; step++) {
  const heat = 60 * (1 - step / STEPS) ** 2 + 0.01;
  const i = Math.floor(random() * SIZE);
  const next = [...chosen[i]];
  const t = random() < 0.5 ? 0 : 1;
  next[t] = pick(sets[t], familyOf(i), 18);
  if (turn(sets[0].found[next[0]].h, sets[1].found[next[1]].h) > 30) continue;
  const gain = scoreOf(i, next) - scoreOf(i, chosen[i]);
  if (gain >= 0 || random() < Math.exp(gain / heat)) chosen[i] = next;
}

// The first ten by their names, the others so that each prefix is as distinct as it can be.
const order = chosen.slice(0, FAMILIES.length);
const rest = chosen.slice(FAMILIES.length);
while (rest.length > 0) {
  const far = rest.map((own) => Math.min(...order.map((other) => pair(own, other))));
  order.push(...rest.splice(far.indexOf(Math.max(...far)), 1));
}
for (const t of [0, 1]) {
  const { found, n, least, normal } = sets[t];
  const all = order.flatMap((a, i) => order.slice(0, i).map((b) => [least[a[t] * n + b[t]], normal[a[t] * n + b[t]]]));
  console.log(THEMES[t].name, JSON.stringify(order.map((own) => found[own[t]].hex)));
  console.log('  least normal ΔE', Math.min(...all.map(([, d]) => d)).toFixed(1));
}
const apart = (/** @type {number[]} */ a, /** @type {number[]} */ b) =>
  [0, 1].every((t) => sets[t].least[a[t] * sets[t].n + b[t]] >= 20);
const ok = order.map((a, i) => order.filter((b, j) => i !== j && apart(a, b)).length);
console.log('partners told apart in both themes by all:', ok.join(' '));
