import { useEffect, useRef } from 'react';
import { plural } from '../../app/messages.ts';
import { useApp, useTopics } from '../use-store.ts';

const GAP_PX = 16;

/** Names the topic of the empty ground under the pointer, and its size. */
export function GroundTip() {
  const view = useTopics();
  const ground = useApp((state) => state.ground);
  const tip = useRef<HTMLDivElement>(null);
  const node = view?.nodes.get(ground);
  const isShown = node !== undefined;
  useEffect(() => {
    if (!isShown) return;
    // Moved by hand: a render for each movement of the pointer would be too much.
    const follow = (event: PointerEvent): void => {
      const element = tip.current;
      if (!element) return;
      const left = Math.min(event.clientX + GAP_PX, window.innerWidth - element.offsetWidth - 8);
      const top = Math.min(event.clientY + GAP_PX, window.innerHeight - element.offsetHeight - 8);
      element.style.transform = `translate(${left}px, ${top}px)`;
      element.style.visibility = 'visible';
    };
    window.addEventListener('pointermove', follow);
    return () => window.removeEventListener('pointermove', follow);
  }, [isShown]);
  if (!node) return null;
  return (
    <div className="ground-tip" ref={tip} role="tooltip">
      <strong dir="auto">{node.name}</strong> {plural(node.size, 'paper')}
    </div>
  );
}
