import { useAppState } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';

/** Asks when a map file is to be opened that came while a map is being made. */
export function InterruptDialog() {
  const interruption = useAppState((state) => state.interruption);
  const run = useAppState((state) => state.job?.name ?? null);
  const never = (): void => interruption?.answer('never');
  return (
    <ModalDialog title="A map is being made" isOpen={interruption !== null} onClose={never}>
      {interruption && (
        <>
          <p>
            {run === null ? 'It is ready by now.' : `“${run}” goes on.`} When shall “{interruption.name}” be opened? The
            map that is ready is kept in this browser before another takes its place.
          </p>
          <div className="dialog-foot">
            <Button onClick={never}>Do not open it</Button>
            <Button onClick={() => interruption.answer('now')}>Open it now, end the run</Button>
            <Button kind="main" onClick={() => interruption.answer('later')}>
              Open it when the map is ready
            </Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}
