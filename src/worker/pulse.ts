/** Posted by every worker as a sign of life, between Comlink's messages, which ignore it. */
export const PULSE = 'portolan pulse';
export const PULSE_EVERY_MS = 1000;
