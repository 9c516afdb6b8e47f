interface Props {
  /** Name for screen readers. */
  readonly label: string;
  /** What is done of the work, 0…1; null when that is not known. */
  readonly share: number | null;
}

/** A line that fills as work is done, or moves to and fro where its end is not known. */
export function ProgressLine({ label, share }: Props) {
  const percent = share === null ? null : Math.max(0, Math.min(100, 100 * share));
  return (
    <div
      className="bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent !== null && { 'aria-valuenow': percent, 'aria-valuetext': `${Math.round(percent)} %` })}
    >
      <div
        className={percent === null ? 'bar-fill bar-unknown' : 'bar-fill'}
        style={{ width: percent === null ? '30%' : `${percent}%` }}
      />
    </div>
  );
}
