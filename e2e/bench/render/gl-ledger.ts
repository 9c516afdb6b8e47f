/** What is on the GPU, and what was asked of it; counted by wrapping the calls of every context of the page. */
export interface GlLedger {
  readonly drawCalls: number;
  readonly buffers: number;
  readonly programs: number;
  readonly textures: number;
  /** Of buffers, textures and renderbuffers; not of the canvas's own. */
  readonly bytes: number;
}

type Target = 'buffer' | 'texture' | 'renderbuffer';

const BYTES_BY_TYPE: Readonly<Record<number, number>> = { 5121: 1, 5123: 2, 5125: 4, 5126: 4, 36193: 2 };
const PARTS_BY_FORMAT: Readonly<Record<number, number>> = { 6406: 1, 6407: 3, 6408: 4, 6409: 1, 6410: 2 };

/** Begins to count; the returned function tells. Call it before any context is made. */
export function keepLedger(): () => GlLedger {
  const sizes = new Map<unknown, number>();
  const counts = { drawCalls: 0, buffers: 0, programs: 0, textures: 0 };
  for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
    const bound = new Map<string, unknown>();
    wrap(prototype, ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced'], () => {
      counts.drawCalls++;
    });
    wrap(prototype, ['createBuffer'], () => counts.buffers++);
    wrap(prototype, ['createProgram'], () => counts.programs++);
    wrap(prototype, ['createTexture'], () => counts.textures++);
    wrap(prototype, ['deleteBuffer'], ([buffer]) => {
      if (buffer) counts.buffers--;
      sizes.delete(buffer);
    });
    wrap(prototype, ['deleteProgram'], ([program]) => program && counts.programs--);
    wrap(prototype, ['deleteTexture'], ([texture]) => {
      if (texture) counts.textures--;
      sizes.delete(texture);
    });
    const bind =
      (kind: Target) =>
      ([target, object]: readonly unknown[]) =>
        bound.set(kind + (kind === 'buffer' ? target : ''), object);
    wrap(prototype, ['bindBuffer'], bind('buffer'));
    wrap(prototype, ['bindTexture'], bind('texture'));
    wrap(prototype, ['bindRenderbuffer'], bind('renderbuffer'));
    const hold = (key: string, bytes: number) => {
      const object = bound.get(key);
      if (object) sizes.set(object, bytes);
    };
    wrap(prototype, ['bufferData'], ([target, data]) => {
      hold(`buffer${target}`, typeof data === 'number' ? data : bytesOf(data));
    });
    wrap(prototype, ['texImage2D'], (args) => {
      if (args.length < 9 || args[1] !== 0) return;
      const [, , , width, height, , format, type] = args.map(Number);
      hold('texture', width * height * (PARTS_BY_FORMAT[format] ?? 4) * (BYTES_BY_TYPE[type] ?? 1));
    });
    wrap(prototype, ['renderbufferStorage'], ([, , width, height]) => {
      hold('renderbuffer', Number(width) * Number(height) * 4);
    });
  }
  return () => ({ ...counts, bytes: [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) });
}

/** Of what a buffer is filled with; the context refuses anything but these. */
function bytesOf(data: unknown): number {
  return data instanceof ArrayBuffer || ArrayBuffer.isView(data) ? data.byteLength : 0;
}

function wrap(prototype: object, names: readonly string[], hear: (args: readonly unknown[]) => void): void {
  const methods = prototype as Record<string, ((...args: unknown[]) => unknown) | undefined>;
  for (const name of names) {
    const original = methods[name];
    if (!original) continue;
    methods[name] = function (this: unknown, ...args: unknown[]) {
      hear(args);
      return original.apply(this, args);
    };
  }
}
