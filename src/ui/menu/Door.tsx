import { FilePlus2 } from 'lucide-react';
import { hasDoor } from '../../app/maps/door.ts';
import { useApp, useAppState } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';

/** The way in for own texts, beside the sample; says too that what is shown is a sample, and how to read it. */
export function Door() {
  const isShown = useAppState(hasDoor);
  const count = useAppState((state) => state.shown?.corpus.papers.length ?? 0);
  if (!isShown) return null;
  return (
    <section className="door" aria-label="Your own texts">
      <OwnTextsButton isMain />
      <p>
        <strong>Sample:</strong> {count} research papers on how programs compare texts. Each dot is a paper; similar
        ones are near each other.
      </p>
    </section>
  );
}

/** Opens the dialog with all ways to bring texts. `isMain`: the action that most users want next. */
export function OwnTextsButton({ isMain = false }: { readonly isMain?: boolean }) {
  const { store } = useApp();
  return (
    <Button
      kind={isMain ? 'main' : 'plain'}
      icon={FilePlus2}
      className="door-button"
      aria-haspopup="dialog"
      onClick={() => store.set({ dialog: 'own-texts' })}
    >
      Make a map of your texts
    </Button>
  );
}
