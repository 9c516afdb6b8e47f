interface Props {
  readonly name: string;
  readonly value: string;
  /** A sentence that explains the figure, shown as a tooltip. */
  readonly says: string;
}

/** One line of a list of figures. */
export function Fact({ name, value, says }: Props) {
  return (
    <>
      <dt title={says}>{name}</dt>
      <dd title={says}>{value}</dd>
    </>
  );
}
