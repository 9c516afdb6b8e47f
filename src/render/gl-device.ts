import createRegl from '@plotly/regl';
import { StageError } from '../model/failure.ts';
import { packLines } from './gl-data.ts';
import { rhumbLines } from './map-lines.ts';
import type { DrawSettings, Scene } from './scene.ts';
import { LINES_FRAG, LINES_VERT, POINTS_FRAG, POINTS_VERT } from './shaders.glsl.ts';
import type { Rgb } from './theme.ts';

/** Functions that regl would compile from text, by the SHA-256 of that text. */
export type GlCode = Readonly<Record<string, unknown>>;

/** The papers of one draw call: the vertices from `offset` on that are in `layer`. */
export interface PointProps {
  readonly layer: number;
  readonly offset: number;
  readonly count: number;
}

/** One draw call of lines. */
export interface LineProps {
  readonly lines: createRegl.Buffer;
  /** In vertices. */
  readonly offset: number;
  readonly count: number;
  readonly color: Rgb;
  readonly opacity: readonly [number, number];
  readonly halfWidth: number;
  readonly dash: number;
}

/** What every draw call of a picture needs; changed in place before the first call. */
export interface Projection {
  center: [number, number];
  clipPerUnit: [number, number];
  clipPerPixel: [number, number];
  box: { x: number; y: number; width: number; height: number };
}

/** All objects on the GPU: made once, and again after a lost context. */
export interface Device {
  readonly regl: createRegl.Regl;
  readonly positions: createRegl.Buffer;
  readonly colors: createRegl.Buffer;
  readonly states: createRegl.Buffer;
  readonly origins: createRegl.Buffer;
  readonly links: createRegl.Buffer;
  readonly rhumbs: createRegl.Buffer;
  readonly drawSettled: createRegl.DrawCommand;
  readonly drawGliding: createRegl.DrawCommand;
  readonly drawLines: createRegl.DrawCommand;
}

/** The values that the uniforms of a command read while a picture is drawn. */
export interface Current {
  scene: Scene | null;
  settings: DrawSettings | null;
  readonly projection: Projection;
  maxPointSize: number;
}

/** The segments of {@link Device.rhumbs}. */
export const RHUMB_SEGMENTS = rhumbLines();

/**
 * Makes everything on the GPU. The page's policy forbids the `Function` with which regl compiles its commands, so they
 * are taken from `code`. Throws StageError `no-webgl` when one is missing there, or shaders fail.
 * @param code captured by `npm run build:gl`; `{}` lets regl compile, where that is allowed
 */
export function makeDevice(gl: WebGLRenderingContext, current: Current, code: GlCode): Device {
  try {
    sortActives(gl);
    // The package's types lack this option, which only this fork of regl has. A copy, because regl writes to it.
    const regl = createRegl({ gl, cachedCode: { ...code } } as createRegl.InitializationOptions);
    current.maxPointSize = regl.limits.pointSizeDims[1];
    const positions = regl.buffer({ type: 'float', length: 8 });
    const colors = regl.buffer({ type: 'uint8', length: 3 });
    const states = regl.buffer({ type: 'uint8', usage: 'dynamic', length: 1 });
    const origins = regl.buffer({ type: 'float', length: 12 });
    const attributes = {
      target: { buffer: positions, size: 2 },
      color: { buffer: colors, size: 3, normalized: true },
      state: { buffer: states, size: 1 },
    };
    return {
      regl,
      positions,
      colors,
      states,
      origins,
      links: regl.buffer({ type: 'float', length: 4 }),
      rhumbs: regl.buffer(packLines(RHUMB_SEGMENTS)),
      drawSettled: regl(pointsConfig(regl, POINTS_VERT, attributes, current)),
      drawGliding: regl(
        pointsConfig(
          regl,
          `#define GLIDE\n${POINTS_VERT}`,
          { ...attributes, origin: { buffer: origins, size: 3 } },
          current,
        ),
      ),
      drawLines: regl({ ...commonConfig(current), ...linesConfig(regl, current.projection) }),
    };
  } catch (error) {
    throw new StageError('no-webgl', 'render', `could not set up webgl: ${String(error)}`, { cause: error });
  }
}

/** Premultiplied alpha, no depth, the padded viewport. */
function commonConfig(current: Current): createRegl.DrawConfig {
  return {
    depth: { enable: false },
    blend: { enable: true, func: { src: 'one', dst: 'one minus src alpha' } },
    viewport: () => current.projection.box,
  };
}

function pointsConfig(
  regl: createRegl.Regl,
  vert: string,
  attributes: Record<string, createRegl.AttributeConfig>,
  current: Current,
): createRegl.DrawConfig {
  const themed = (name: 'background' | 'edge' | 'dim' | 'ring' | 'selected' | 'hover' | 'link') => () =>
    current.scene?.theme[name] ?? [0, 0, 0];
  const perDevicePixel = (name: 'radiusPx' | 'markedRadiusPx') => () =>
    (current.settings?.[name] ?? 0) * (current.settings?.pixelRatio ?? 1);
  return {
    ...commonConfig(current),
    vert,
    frag: POINTS_FRAG,
    attributes,
    uniforms: {
      center: () => current.projection.center,
      clipPerUnit: () => current.projection.clipPerUnit,
      mixing: () => current.scene?.mixing ?? 1,
      layer: regl.prop<PointProps, 'layer'>('layer'),
      pixelRatio: () => current.settings?.pixelRatio ?? 1,
      radius: perDevicePixel('radiusPx'),
      markedRadius: perDevicePixel('markedRadiusPx'),
      opacity: () => current.settings?.opacity ?? 1,
      maxPointSize: () => current.maxPointSize,
      background: themed('background'),
      edgeColor: themed('edge'),
      dimColor: themed('dim'),
      ringColor: themed('ring'),
      selectedColor: themed('selected'),
      hoverColor: themed('hover'),
      linkColor: themed('link'),
    },
    primitive: 'points',
    offset: regl.prop<PointProps, 'offset'>('offset'),
    count: regl.prop<PointProps, 'count'>('count'),
  };
}

function linesConfig(regl: createRegl.Regl, projection: Projection): createRegl.DrawConfig {
  const buffer = regl.prop<LineProps, 'lines'>('lines');
  return {
    vert: LINES_VERT,
    frag: LINES_FRAG,
    attributes: {
      ends: { buffer, size: 4, stride: 24, offset: 0 },
      corner: { buffer, size: 2, stride: 24, offset: 16 },
    },
    uniforms: {
      center: () => projection.center,
      clipPerUnit: () => projection.clipPerUnit,
      clipPerPixel: () => projection.clipPerPixel,
      color: regl.prop<LineProps, 'color'>('color'),
      opacity: regl.prop<LineProps, 'opacity'>('opacity'),
      halfWidth: regl.prop<LineProps, 'halfWidth'>('halfWidth'),
      dash: regl.prop<LineProps, 'dash'>('dash'),
    },
    primitive: 'triangles',
    offset: regl.prop<LineProps, 'offset'>('offset'),
    count: regl.prop<LineProps, 'count'>('count'),
  };
}

/**
 * Makes `gl` list uniforms and attributes by name. Drivers list them in different orders, regl's code follows the
 * order, and captured code is found by its text.
 */
function sortActives(gl: WebGLRenderingContext): void {
  const sorted =
    (count: number, infoAt: (program: WebGLProgram, index: number) => WebGLActiveInfo | null) =>
    (program: WebGLProgram, index: number): WebGLActiveInfo | null => {
      const total = Number(gl.getProgramParameter(program, count));
      const infos = Array.from({ length: total }, (_, i) => infoAt(program, i)).filter((info) => info !== null);
      return infos.sort((a, b) => (a.name < b.name ? -1 : 1))[index] ?? null;
    };
  const { getActiveUniform, getActiveAttrib } = Object.getPrototypeOf(gl) as WebGLRenderingContext; // Of its class.
  gl.getActiveUniform = sorted(gl.ACTIVE_UNIFORMS, (program, i) => getActiveUniform.call(gl, program, i));
  gl.getActiveAttrib = sorted(gl.ACTIVE_ATTRIBUTES, (program, i) => getActiveAttrib.call(gl, program, i));
}
