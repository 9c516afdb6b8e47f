import type { LazyTextFormat } from '../format.ts';

/** Rich Text Format: the words of the document. */
export const RTF: LazyTextFormat = {
  name: 'rtf',
  score: ({ start }) => (/^\{\\rtf/u.test(start) ? 1 : 0),
  load: async () => (await import('./rtf-parser.web.ts')).makeRtfParser,
};
