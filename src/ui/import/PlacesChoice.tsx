import { countOf, formatCount } from '../../app/messages.ts';
import type { ImportPlan } from '../../app/state.ts';
import { placesKey } from '../../read/places/places-key.ts';
import { useApp, usePlanNoun } from '../app-context.ts';
import { Choice } from '../controls/Choice.tsx';

/** Cannot be a column's name, because names have no control characters. */
const LAID_OUT = '\u0000laid out';

/** Uses the places that the file brings, or lays the papers out here. */
export function PlacesChoice({ plan }: { readonly plan: ImportPlan }) {
  const { store } = useApp();
  const noun = usePlanNoun();
  const { places, placesFrom } = plan;
  if (places.length === 0) return null;
  const chosen = places.find((each) => placesKey(each) === placesFrom);
  const { x, y, without, drawnNearer } = chosen ?? places[0];
  return (
    <>
      <p className="quiet">
        The file brings places ({x === y ? `column “${x}”` : `columns “${x}” and “${y}”`}).
        {without.length > 0 && ` ${countOf(without.length, noun)} without one will stand beside the map.`}
        {drawnNearer > 0 && ` ${formatCount(drawnNearer)} so far outside that they are drawn nearer.`}
      </p>
      <Choice
        label="Places"
        value={placesFrom || LAID_OUT}
        options={[
          ...places.map((each) => ({
            value: placesKey(each),
            label: `Use these places: ${each.x === each.y ? `“${each.x}”` : `“${each.x}” and “${each.y}”`}${each.isGeographic ? ', on the globe' : ''}`,
          })),
          { value: LAID_OUT, label: 'Lay out anew, by meaning' },
        ]}
        onChange={(value) => store.set({ plan: { ...plan, placesFrom: value === LAID_OUT ? '' : value } })}
      />
    </>
  );
}
