import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { Collection, ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components';
import { formatCount } from '../../app/messages.ts';
import { formOf } from '../../model/noun.ts';
import { displayTitle } from '../../text/readable.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { IconButton } from '../controls/Button.tsx';
import { place } from './HoverCard.tsx';

/** Estimated height of a title of one line. Each is measured once it is shown. */
const ROW_PX = 36;

/** The papers at one place of the map, beside it: a dot that stands for several cannot be opened otherwise. */
export function StackList() {
  const noun = useNoun();
  const { page, store, stacks } = useApp();
  const stack = useAppState((state) => state.stack);
  const papers = useAppState((state) => state.shown?.corpus.papers ?? null);
  const card = useCardAt(stack[0] ?? -1);
  const rows = stack.flatMap((id) => {
    const paper = papers?.[id];
    return paper ? [{ id, title: displayTitle(paper) }] : [];
  });
  if (rows.length === 0) return null;
  const title = `${formatCount(rows.length)} ${formOf(noun, rows.length)} here`;
  return (
    <section className="stack-list" aria-label={title} ref={card}>
      <header>
        <strong>{title}</strong>
        <IconButton icon={X} isSmall label="Close" onClick={stacks.closeStack} />
      </header>
      <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowHeight: ROW_PX, padding: 4 }}>
        <ListBox
          aria-label={title}
          // It opens by a click or a key on the map.
          autoFocus="first"
          selectionMode="none"
          onAction={(key) => store.set({ selected: Number(key), ...(page.isNarrow() && { stack: [] }) })}
        >
          <Collection items={rows}>
            {({ id, title: name }) => (
              <ListBoxItem id={id} textValue={name} className="list-item">
                <span dir="auto">{name}</span>
              </ListBoxItem>
            )}
          </Collection>
        </ListBox>
      </Virtualizer>
    </section>
  );
}

/** Keeps a card beside a paper while the map moves. When it closes with the focus in it, the map takes the focus. */
function useCardAt(index: number) {
  const { view } = useApp();
  const card = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const follow = (): void => {
      if (card.current) place(card.current, index < 0 ? null : view.pixelOfPaper(index));
    };
    follow();
    return view.followViewport(follow);
  }, [index, view]);
  const isOpen = index >= 0;
  useEffect(() => {
    if (!isOpen) return;
    return () => {
      // The list is gone, and the focus with it, unless it has gone elsewhere.
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('.map')?.focus();
    };
  }, [isOpen]);
  return card;
}
