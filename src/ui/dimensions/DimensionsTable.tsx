import type { Survey } from '../../app/maps/reducing.ts';
import { reducedFileBytes } from '../../app/maps/reducing.ts';
import { countOf, formatBytes, formatCount } from '../../app/messages.ts';
import type { QuantizedMatrix } from '../../model/matrix.ts';
import type { ReductionKind } from '../../model/reduction.ts';
import type { KeptChoice } from '../../project/measure/kept-dimensions.ts';
import { useNoun } from '../app-context.ts';

interface Props {
  readonly survey: Survey;
  readonly embedding: QuantizedMatrix;
  readonly chosen: KeptChoice;
  /** The model was trained so that a vector's first numbers carry most of the meaning (Matryoshka). */
  readonly isTrained: boolean;
  readonly onChoose: (choice: KeptChoice) => void;
}

const HEADS: Readonly<Record<ReductionKind, string>> = { pca: 'Principal directions', prefix: 'First numbers' };

/** One row for each number of dimensions, one column for each method: neighbours kept, and the file's size. */
export function DimensionsTable({ survey, embedding, chosen, isTrained, onChoose }: Props) {
  const { choices, fileBytes } = survey;
  const kinds: readonly ReductionKind[] = isTrained ? ['prefix', 'pca'] : ['pca', 'prefix'];
  const [{ agreement }] = choices;
  return (
    <>
      <table className="files dimension-choices" data-default={kinds[0]} data-from={embedding.cols}>
        <thead>
          <tr>
            <th scope="col">Dimensions</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {HEADS[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{formatCount(embedding.cols)}, as now</th>
            <td colSpan={kinds.length}>
              <span className="dimension-now">
                100 % <small>{formatBytes(fileBytes)}</small>
              </span>
            </td>
          </tr>
          {choices
            .filter(({ kind }) => kind === kinds[0])
            .map(({ kept }) => (
              <tr key={kept}>
                <th scope="row">{formatCount(kept)}</th>
                {kinds.map((kind) => {
                  const choice = choices.find((each) => each.kind === kind && each.kept === kept);
                  return (
                    <td key={kind}>
                      {choice && (
                        <Cell
                          choice={choice}
                          bytes={reducedFileBytes(survey, embedding, choice)}
                          isChosen={choice.kind === chosen.kind && choice.kept === chosen.kept}
                          onChoose={onChoose}
                        />
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
        </tbody>
      </table>
      <Note agreement={agreement} isTrained={isTrained} />
    </>
  );
}

interface NoteProps extends Pick<Props, 'isTrained'> {
  readonly agreement: KeptChoice['agreement'];
}

/** What the shares in the table are. */
function Note({ agreement, isTrained }: NoteProps) {
  const noun = useNoun();
  return (
    <p className="quiet dimension-note">
      Share of the {agreement.k} nearest of each that stay its {agreement.k} nearest, measured among{' '}
      {countOf(agreement.sampled, noun)} of this map, and what the file takes, about. Principal directions are found on
      these {noun.many} and stand in the file: texts that are not among them, such as queries, lose more, above all
      where the {noun.many} are few. The first numbers alone are good where the model was trained for it
      {isTrained ? ', as this one was' : ', which this one does not say'}.
    </p>
  );
}

interface CellProps {
  readonly choice: KeptChoice;
  readonly bytes: number;
  readonly isChosen: boolean;
  readonly onChoose: (choice: KeptChoice) => void;
}

function Cell({ choice, bytes, isChosen, onChoose }: CellProps) {
  const { kind, kept, agreement } = choice;
  return (
    <label className="dimension-choice">
      <input
        type="radio"
        name="kept-dimensions"
        value={`${kind}-${kept}`}
        checked={isChosen}
        aria-label={`${kept} dimensions, ${HEADS[kind].toLowerCase()}: ${percent(agreement.share)} of neighbours stay, ${formatBytes(bytes)}`}
        data-agreement={agreement.share}
        data-sampled={agreement.sampled}
        data-neighbors={agreement.k}
        onChange={() => onChoose(choice)}
      />
      {percent(agreement.share)} <small>{formatBytes(bytes)}</small>
    </label>
  );
}

/** With one decimal, because choices may differ by less than 1 %. */
function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
