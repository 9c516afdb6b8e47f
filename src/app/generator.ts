/** Who made a map file. */
export const GENERATOR = `Portolan ${PORTOLAN_VERSION}`;
