import type { AreaTool } from './area-line.ts';
import type { PixelPoint } from './viewport.ts';

/** What gestures report, and which of them are left to the page. */
export interface GestureEvents {
  /** Another paper than before is under the pointer. */
  readonly onHover?: (index: number) => void;
  /** No paper is under the pointer any more. */
  readonly onHoverEnd?: () => void;
  /** The pointer rests beside all papers; null when it has left. At most once per animation frame while it moves. */
  readonly onGround?: (pixel: PixelPoint | null) => void;
  /** A click or tap; −1 = beside all papers. */
  readonly onClick?: (index: number) => void;
  /** A click or tap on something that lies on the map, such as a name. Returns whether something was done. */
  readonly onOverlay?: (element: Element) => boolean;
  /**
   * For a page that scrolls: the page keeps the wheel (unless Ctrl or ⌘ is held) and one-finger gestures; two fingers
   * move the map. Default false.
   */
  readonly isCooperative?: boolean;
  /** A wheel was left to the page. */
  readonly onBlocked?: () => void;
  /** The tool that this pointer draws an area with; null = it moves the map. A finger held still always draws. */
  readonly toolFor?: (event: PointerEvent) => AreaTool | null;
  /** The area drawn so far, as a ring in map units; null when it is cancelled. */
  readonly onDraw?: (ring: Float32Array | null) => void;
  /** An area was drawn. `began`: the pointer event that began it, for its modifier keys. */
  readonly onArea?: (ring: Float32Array, began: PointerEvent) => void;
  /** A key without Ctrl, ⌘ and Alt; see `moveByKey`. Returns whether something was done, which ends the event. */
  readonly onKey?: (event: KeyboardEvent) => boolean;
}
