import { useMemo } from 'react';
import { additionOffer } from '../../app/maps/adding.ts';
import type { Job } from '../../app/runs.ts';
import type { ImportPlan } from '../../app/state.ts';
import { MIN_PAPERS } from '../../model/paper.ts';
import { useApp, useAppState, usePlanNoun } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';

interface Props {
  readonly plan: ImportPlan;
  readonly onCancel: () => void;
}

/** What can be done with the papers: a map of their own, or adding them to another; at once or after the run. */
export function Ways({ plan, onCancel }: Props) {
  const job = useAppState((state) => state.job);
  return job?.kind === 'building' ? (
    <WaysLater plan={plan} job={job} onCancel={onCancel} />
  ) : (
    <WaysNow plan={plan} onCancel={onCancel} />
  );
}

function WaysNow({ plan, onCancel }: Props) {
  const { adding, encoders, making } = useApp();
  const map = useAppState((state) => state.shown?.map ?? null);
  const offer = useMemo(
    () => (map && plan.isCounted && plan.report.papers > 0 ? additionOffer(map, encoders.modelOfMap(map), plan) : null),
    [map, plan, encoders],
  );
  const isEnough = isEnoughOf(plan);
  return (
    <>
      {offer && (
        <p className="quiet" data-can-add={offer.isPossible}>
          {offer.words}
        </p>
      )}
      <WhyNot plan={plan} />
      <div className="dialog-foot">
        <Button onClick={onCancel}>Cancel</Button>
        {offer?.isPossible && (
          <Button kind={isEnough ? 'plain' : 'main'} data-adds onClick={() => void adding.addPlannedPapers()}>
            {offer.isOfPapers ? 'Add to this map' : 'Complete this map'}
          </Button>
        )}
        <Button
          kind={offer?.isPossible && !isEnough ? 'plain' : 'main'}
          disabled={!isEnough}
          onClick={() => void making.makePlannedMap()}
        >
          Make the map
        </Button>
      </div>
    </>
  );
}

function WaysLater({ plan, job, onCancel }: Props & { readonly job: Job }) {
  const { orders } = useApp();
  const noun = usePlanNoun();
  const isEnough = isEnoughOf(plan);
  const hasPapers = plan.isCounted && plan.report.papers > 0;
  return (
    <>
      <p className="quiet" data-waits>
        “{job.name}” is still being made, and goes on. When its map is ready, these {noun.many} can be added to it, or
        can get a map of their own; the one that is ready is then kept in this browser. Or make theirs instead, which
        ends the run.
      </p>
      <WhyNot plan={plan} />
      <div className="dialog-foot">
        <Button onClick={onCancel}>Cancel</Button>
        <Button disabled={!isEnough} onClick={() => void orders.makeInstead()}>
          Make instead
        </Button>
        <Button disabled={!hasPapers} onClick={orders.addWhenReady}>
          Add when it is ready
        </Button>
        <Button kind="main" disabled={!isEnough} onClick={orders.makeNext}>
          Make next
        </Button>
      </div>
    </>
  );
}

function isEnoughOf({ isCounted, failure, report }: ImportPlan): boolean {
  return isCounted && failure === null && report.papers >= MIN_PAPERS;
}

/** Why no map of their own can be made yet; the dialog's top says so where reading failed. */
function WhyNot({ plan: { isCounted, failure, report } }: { readonly plan: ImportPlan }) {
  const { many } = usePlanNoun();
  if (!isCounted) return <p className="quiet">A map can be made when the {many} are counted.</p>;
  if (failure) return <p className="quiet">A map can be made when what is said above is mended.</p>;
  if (report.papers >= MIN_PAPERS) return null;
  return (
    <p className="quiet">
      A map of their own would need at least {MIN_PAPERS} {many}.
    </p>
  );
}
