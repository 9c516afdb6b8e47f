export { makePartCollector } from '../../../src/read/corpus-parts.ts';
export { readInputs } from '../../../src/read/read-inputs.web.ts';
