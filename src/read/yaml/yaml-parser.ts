import { isCollection, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import { StageError } from '../../model/failure.ts';
import type { ParserMaker, RecordSink } from '../format.ts';
import { JSON_FILE } from '../json/json.ts';

/** UTF-16 units of a YAML file, which is held whole as a tree of about a hundred times its size. */
const MAX_YAML = 8_000_000;
/** Times that anchored values may be repeated. */
const MAX_ALIASES = 1000;

type Documents = ReturnType<typeof parseAllDocuments>;

/**
 * Reads YAML by turning it into JSON: each record stands on the line of its YAML, so that reports name it, and lists within
 * it, nested values and roles are those of JSON. Several documents are a list. Throws `too-large` for files over
 * {@link MAX_YAML}, `bad-format` for damage.
 */
export const makeYamlParser: ParserMaker = (sink, options, head) => {
  let text = '';
  return {
    push(piece) {
      text += piece;
      if (text.length <= MAX_YAML) return;
      const most = MAX_YAML.toLocaleString('en');
      throw new StageError(
        'too-large',
        'read',
        `a YAML file is held whole: at most ${most} characters, save it as JSON lines`,
      );
    },
    end() {
      const json = toJson(text, sink);
      text = '';
      const start = json.trimStart().slice(0, 500);
      const parser = JSON_FILE.makeParser(sink, options, { ...head, text: json.slice(0, 65_536), start, whole: true });
      parser.push(json);
      parser.end();
    },
  };
};

function toJson(text: string, sink: RecordSink): string {
  const lines = new LineCounter();
  const documents = tryYaml(() =>
    parseAllDocuments(text, {
      lineCounter: lines,
      logLevel: 'silent',
      prettyErrors: false,
      strict: false,
      uniqueKeys: false,
    }),
  );
  const lineAt = (at: number | undefined): number => (at === undefined ? 1 : Math.max(1, lines.linePos(at).line));
  const whole = usable(documents, lineAt, sink);
  const [only] = whole;
  if (whole.length === 1 && !isSeq(only.contents)) return tryYaml(() => stringify(only.toJS(LIMITS)));
  const records = whole.flatMap((document) => {
    const value: unknown = tryYaml(() => document.toJS(LIMITS));
    const { contents } = document;
    if (!isSeq(contents) || !Array.isArray(value)) return [{ value, line: lineAt(contents?.range?.[0]) }];
    return value.map((item: unknown, i) => {
      const node = contents.items[i];
      return { value: item, line: lineAt(isCollection(node) ? node.range?.[0] : undefined) };
    });
  });
  return writeList(records);
}

const LIMITS = { maxAliasCount: MAX_ALIASES };

/** The documents without damage; that of others is told, and thrown when none is left. */
function usable(documents: Documents, lineAt: (at: number) => number, sink: RecordSink): Documents[number][] {
  const all = Array.isArray(documents) ? [...documents] : [];
  const filled = all.filter(({ contents, errors }) => contents !== null || errors.length > 0);
  const good = filled.filter(({ errors }) => errors.length === 0);
  for (const { errors } of filled) {
    const [error] = errors;
    if (!error) continue;
    const reason = `this YAML is damaged (${error.message.split('\n', 1)[0].slice(0, 120)})`;
    if (good.length > 0) sink.skip(lineAt(error.pos[0]), reason);
    else throw damaged(`${reason} at line ${lineAt(error.pos[0])}`);
  }
  if (good.length === 0) throw damaged('this YAML holds no value');
  return good;
}

/** A list of JSON in which each element stands on the line of its record. */
function writeList(records: readonly { readonly value: unknown; readonly line: number }[]): string {
  let line = 1;
  const parts = records.map((record, i) => {
    const down = Math.max(0, record.line - line);
    line += down;
    return `${i === 0 ? '' : ','}${'\n'.repeat(down)}${tryYaml(() => stringify(record.value))}`;
  });
  return `[${parts.join('')}]`;
}

function stringify(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)) ?? 'null';
}

/** The package throws errors of its own for bombs of aliases, and the engine for depth and cycles. */
function tryYaml<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0].slice(0, 120) : '';
    throw damaged(`this YAML cannot be read (${reason})`);
  }
}

function damaged(reason: string): StageError {
  return new StageError('bad-format', 'read', `${reason}: mend it there, or save it as JSON or CSV`);
}
