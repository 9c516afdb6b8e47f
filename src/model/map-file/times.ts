/** How hyparquet gives dates and times: ISO 8601 text, null for no value. */
export const TIME_PARSERS = {
  timestampFromMilliseconds: (millis: bigint | undefined) => isoTime(millis),
  timestampFromMicroseconds: (micros: bigint | undefined) => isoTime(micros === undefined ? micros : micros / 1000n),
  timestampFromNanoseconds: (nanos: bigint | undefined) => isoTime(nanos === undefined ? nanos : nanos / 1_000_000n),
  dateFromDays: (days: number | undefined) =>
    isoTime(days === undefined ? days : days * 86_400_000)?.slice(0, 10) ?? null,
};

function isoTime(millis: bigint | number | undefined): string | null {
  const time = new Date(Number(millis));
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
