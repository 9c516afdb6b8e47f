import type { Buffer, DrawConfig, Regl } from '@plotly/regl';
import { LINK_DASH_PX, linkLook } from './link-look.ts';
import type { Scene } from './scene.ts';
import { LINES_FRAG, LINES_VERT } from './shaders/lines.glsl.ts';
import type { Rgb } from './theme.ts';

/** One draw call of lines. */
export interface LineProps {
  readonly lines: Buffer;
  /** Vertices. */
  readonly offset: number;
  readonly count: number;
  readonly color: Rgb;
  readonly opacity: readonly [number, number];
  readonly halfWidth: number;
  readonly dash: number;
}

/** Where the map is looked at from; read while a picture is drawn. */
interface LineProjection {
  readonly center: [number, number];
  readonly clipPerUnit: [number, number];
  readonly clipPerPixel: [number, number];
}

/** The draw command of lines, but for what all commands have in common. */
export function linesConfig(regl: Regl, projection: LineProjection): DrawConfig {
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

/** One draw call for each group of links, whose lines stand behind each other in one buffer: `counts` of each group. */
export function linkProps(lines: Buffer, scene: Scene, pixelRatio: number, counts: readonly number[]): LineProps[] {
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
