import { GL_CODE } from './gl-code.generated.ts';
import { LINE_FLOATS, packColors, packLines, packOrigins, packPositions, packStates } from './gl-data.ts';
import { type Current, type Device, type LineProps, makeDevice, type Projection, RHUMB_SEGMENTS } from './gl-device.ts';
import { LINK_DASH_PX, linkLook, linkSegments } from './map-lines.ts';
import { fewSlots, LAYERS, MARKED_LAYER } from './paper-marks.ts';
import type { DrawSettings, Painter, PainterEvents, PainterLook, Scene } from './scene.ts';

/** CSS pixels by which the GL viewport exceeds the canvas: GL drops a point whose middle is outside the viewport. */
const PAD_PX = 40;

const RHUMB_WIDTH_PX = 0.8;

/**
 * Draws with WebGL 1 through regl; null when the browser gives no context. All papers take one draw call (while some
 * are highlighted, one for each layer, or one for each paper of a small layer); the rhumb lines, each group of links
 * and the paper under the pointer take one each. A paper takes 8 bytes of position, 3 of colour and 1 of state, and 12
 * more while papers glide. Positions are floats: at the deepest zoom on a sharp 4K screen they are off by at most 0.07
 * device pixels; with 16 bits they would be off by 17. The GPU interpolates a glide, so that it costs one upload and
 * not 8 bytes per paper in every animation frame. Throws StageError `no-webgl` when shaders fail or captured code is
 * missing: the canvas then belongs to WebGL, and another one is needed.
 */
export function makeGlPainter(canvas: HTMLCanvasElement, events: PainterEvents, look: PainterLook): Painter | null {
  const gl = canvas.getContext('webgl', { alpha: look.transparent, antialias: false, depth: false, stencil: false });
  if (!gl) return null;
  const projection: Projection = {
    center: [0, 0],
    clipPerUnit: [1, 1],
    clipPerPixel: [1, 1],
    box: { x: 0, y: 0, width: 1, height: 1 },
  };
  const current: Current = { scene: null, settings: null, projection, maxPointSize: 64 };
  let device: Device | null = gl.isContextLost() ? null : makeDevice(gl, current, GL_CODE);
  let drawCalls = 0;
  const counted: Counted = { points: 0, origins: 0, links: 0, linksByGroup: [], few: [] };

  const onLost = (event: Event) => {
    event.preventDefault();
    device = null;
    events.onLost();
  };
  const onRestored = () => {
    try {
      device = makeDevice(gl, current, GL_CODE);
    } catch {
      // There is still nothing to draw on: the renderer waits for that and reports it.
      return;
    }
    events.onRestored();
  };
  canvas.addEventListener('webglcontextlost', onLost);
  canvas.addEventListener('webglcontextrestored', onRestored);

  return {
    kind: 'webgl',
    isLost: () => device === null || gl.isContextLost(),
    paint(scene, settings) {
      if (!device) return;
      upload(device, scene, counted);
      aim(projection, canvas, settings);
      current.scene = scene;
      current.settings = settings;
      device.regl.clear({ color: look.transparent ? [0, 0, 0, 0] : [...scene.theme.background, 1] });
      drawCalls = drawScene(device, scene, settings, counted);
    },
    stats: () => ({
      drawCalls,
      buffers: device ? BUFFERS : 0,
      bytes: device ? counted.points * 12 + counted.origins * 12 + (counted.links + RHUMBS) * LINE_FLOATS * 4 : 0,
    }),
    dispose() {
      canvas.removeEventListener('webglcontextlost', onLost);
      canvas.removeEventListener('webglcontextrestored', onRestored);
      device?.regl.destroy();
      device = null;
    },
  };
}

const BUFFERS = 6;
const RHUMBS = RHUMB_SEGMENTS.length / 4;

/** What the buffers hold. */
interface Counted {
  points: number;
  origins: number;
  links: number;
  linksByGroup: readonly number[];
  few: readonly (readonly number[] | null)[];
}

/** Brings the buffers up to date. They grow and shrink in place; no buffer is made here. */
function upload(device: Device, scene: Scene, counted: Counted): void {
  const { dirty } = scene;
  if (dirty.states) counted.few = fewSlots(scene.states, scene.layers, scene.draw);
  if (dirty.positions) device.positions({ type: 'float', data: packPositions(scene) });
  if (dirty.colors) device.colors({ type: 'uint8', data: packColors(scene) });
  if (dirty.states) device.states({ type: 'uint8', usage: 'dynamic', data: packStates(scene) });
  if (dirty.origins) {
    counted.origins = scene.origin ? scene.count : 0;
    if (scene.origin)
      device.origins({ type: 'float', usage: 'stream', data: packOrigins(scene.origin, scene.draw.order) });
    else device.origins({ type: 'float', length: 12 });
  }
  if (dirty.links || (scene.origin && scene.links.length > 0)) {
    const groups = scene.links.map((group) => linkSegments(scene, group));
    counted.linksByGroup = groups.map((segments) => segments.length / 4);
    counted.links = counted.linksByGroup.reduce((sum, lines) => sum + lines, 0);
    if (counted.links > 0) device.links({ type: 'float', usage: 'dynamic', data: packLines(groups.flat()) });
  }
  counted.points = scene.count;
  dirty.positions = dirty.colors = dirty.states = dirty.origins = dirty.links = false;
}

function aim(projection: Projection, canvas: HTMLCanvasElement, settings: DrawSettings): void {
  const pad = Math.ceil(PAD_PX * settings.pixelRatio);
  const width = canvas.width + 2 * pad;
  const height = canvas.height + 2 * pad;
  const devicePerUnit = settings.viewport.scale * settings.pixelRatio;
  projection.center[0] = settings.viewport.center.x;
  projection.center[1] = settings.viewport.center.y;
  projection.clipPerUnit[0] = (2 * devicePerUnit) / width;
  projection.clipPerUnit[1] = (2 * devicePerUnit) / height;
  projection.clipPerPixel[0] = 2 / width;
  projection.clipPerPixel[1] = 2 / height;
  Object.assign(projection.box, { x: -pad, y: -pad, width, height });
}

/** Draws back to front: rhumb lines, dimmed, plain, links, neighbours, hits, selected, hovered. Returns the calls. */
function drawScene(device: Device, scene: Scene, settings: DrawSettings, { linksByGroup, few }: Counted): number {
  const { theme } = scene;
  const drawn = scene.origin ? device.drawGliding : device.drawSettled;
  let calls = 0;
  const drawLines = (props: LineProps) => {
    if (props.count === 0 || props.opacity[0] <= 0) return;
    device.drawLines(props);
    calls++;
  };
  const rhumbOpacity: [number, number] = [theme.rhumbOpacity, theme.rhumbOpacity];
  const halfRhumb = (RHUMB_WIDTH_PX * settings.pixelRatio) / 2;
  const rhumbs = { lines: device.rhumbs, offset: 0, count: RHUMBS * 6, color: theme.rhumb, opacity: rhumbOpacity };
  drawLines({ ...rhumbs, halfWidth: halfRhumb, dash: 0 });
  const drawPoints = (layer: number, offset: number, count: number) => {
    drawn({ layer, offset, count });
    calls++;
  };
  for (let layer = 0; layer < LAYERS; layer++) {
    if (layer === MARKED_LAYER) {
      for (const props of linkProps(device.links, scene, settings.pixelRatio, linksByGroup)) drawLines(props);
    }
    if (scene.layers[layer] === 0) continue;
    const slots = few[layer];
    if (slots) for (const slot of slots) drawPoints(layer, slot, 1);
    else drawPoints(layer, 0, layer < MARKED_LAYER ? Math.ceil(scene.count * settings.share) : scene.count);
  }
  if (scene.hovered >= 0 && scene.hovered < scene.count) drawPoints(-1, scene.draw.slots[scene.hovered], 1);
  return calls;
}

/** One draw call for each group of links; `counts`: lines of each group, which follow each other in one buffer. */
function linkProps(lines: Device['links'], scene: Scene, pixelRatio: number, counts: readonly number[]): LineProps[] {
  let offset = 0;
  return scene.links.map((group, i) => {
    const { opacity, widthPx } = linkLook(group);
    const from = offset;
    offset += counts[i] * 6;
    return {
      lines,
      offset: from,
      count: counts[i] * 6,
      color: scene.theme.link,
      opacity,
      halfWidth: (widthPx * pixelRatio) / 2,
      dash: group.isDashed ? LINK_DASH_PX * pixelRatio : 0,
    };
  });
}
