import { StageError } from '../../model/failure.ts';
import { dottedRoles } from '../dotted-roles.ts';
import type { Cell, RecordSink, TextParser } from '../format.ts';
import { MAX_RECORD_LENGTH, MAX_XML_DEPTH } from '../limits.ts';
import type { FileOptions } from '../read.api.ts';
import { makeTable, type Table } from '../table.ts';
import { CATALOGUES } from './catalogues.ts';
import { makeXmlEvents, type XmlEvents } from './events.ts';
import { FEEDS } from './feeds.ts';
import { flattenXml } from './flatten.ts';
import { firstElement } from './prolog.ts';
import { SCHOLARLY } from './scholarly.ts';
import { makeSurvey } from './survey.ts';
import type { XmlNode } from './tree.ts';
import type { Vocabulary } from './vocabulary.ts';

/** UTF-16 units that are looked at before the records of an unknown vocabulary are chosen. */
const SURVEY_LENGTH = 1_000_000;
const VOCABULARIES: readonly Vocabulary[] = [...SCHOLARLY, ...FEEDS, ...CATALOGUES];

/**
 * Reads XML (https://www.w3.org/TR/xml) record by record. Known vocabularies have tables; of others, the repeated
 * element that holds most words is a record, or `options.list`, and its children and attributes are columns. Entities of
 * a DTD are not expanded, and nothing is fetched. Faults are mended where the parser can go on, with a warning; a file
 * that breaks off keeps its whole records. Holds one record of up to 4,000,000 characters. Throws `bad-format` for XML
 * without records and for known files without texts, `no-text-column`.
 */
export function makeXmlParser(sink: RecordSink, options: FileOptions): TextParser {
  let waiting: string[] = [];
  let length = 0;
  let stream: TextParser | null = null;

  function start(): TextParser {
    const text = waiting.join('');
    waiting = [];
    const made = makeStream(sink, options, choosePlan(text, sink, options));
    made.push(text);
    return made;
  }

  return {
    push(text) {
      if (stream) {
        stream.push(text);
        return;
      }
      waiting.push(text);
      length += text.length;
      if (length >= SURVEY_LENGTH) stream = start();
    },
    end() {
      stream ??= start();
      stream.end();
    },
  };
}

/** Which elements are records, and what they give. */
interface Plan {
  /** Whether an element at `path`, outside of any other record, is one. */
  isRecord(path: readonly string[]): boolean;
  readonly drop: ReadonlySet<string>;
  refuse(record: XmlNode): string | null;
  row(record: XmlNode): { readonly names: readonly string[]; readonly values: readonly Cell[] };
  readonly table: Table;
}

function choosePlan(text: string, sink: RecordSink, options: FileOptions): Plan {
  const root = rootOf(text);
  if (root === 'urlset' || root === 'sitemapindex') {
    throw badFormat('this is a sitemap: addresses without texts; save the pages themselves, or a feed of the site');
  }
  if (root === 'svg') throw badFormat('this is a picture in XML (SVG), which holds no texts to map');
  const vocabulary = options.list ? undefined : VOCABULARIES.find((each) => fits(each, root, text));
  return vocabulary ? knownPlan(vocabulary, sink, options) : generalPlan(text, sink, options);
}

function fits({ roots, needs }: Vocabulary, root: string, text: string): boolean {
  return roots.includes(root) && (needs === undefined || needs.test(text));
}

function knownPlan(vocabulary: Vocabulary, sink: RecordSink, options: FileOptions): Plan {
  const { records, roles, columns, refuse = () => null, drop = [] } = vocabulary;
  const always = new Set(Object.values(roles));
  const getters = Object.entries(columns);
  return {
    isRecord: (path) => records.includes(path[path.length - 1]),
    drop: new Set(drop),
    refuse,
    row(record) {
      const entries = getters.map(([name, get]) => [name, get(record)] as const);
      const kept = entries.filter(([name, value]) => always.has(name) || !isEmpty(value));
      return { names: kept.map(([name]) => name), values: kept.map(([, value]) => value) };
    },
    table: makeTable(sink, options, { roles }),
  };
}

function generalPlan(text: string, sink: RecordSink, options: FileOptions): Plan {
  const survey = makeSurvey();
  makeXmlEvents({ open: survey.open, text: survey.words, close: survey.close, fault: () => undefined }).push(text);
  const lists = survey.candidates();
  const part = options.list ?? lists[0] ?? '';
  if (lists.length > 1 || options.list) sink.parts({ lists, part });
  return {
    isRecord: (path) => path.join('/') === part,
    drop: new Set(),
    refuse: () => null,
    row(record) {
      const entries = flattenXml(record);
      return { names: entries.map(([name]) => name), values: entries.map(([, value]) => value) };
    },
    table: makeTable(sink, options, { roles: dottedRoles }),
  };
}

interface State {
  readonly sink: RecordSink;
  readonly plan: Plan;
  /** Names of the open elements outside of records. */
  readonly path: string[];
  /** Open elements of the record that is being read. */
  readonly open: XmlNode[];
  /** How many open elements are not held. */
  dropping: number;
  /** UTF-16 units of the record so far. */
  length: number;
  records: number;
  /** The first fault within this record. */
  fault: string | null;
  isTooDeep: boolean;
}

function makeStream(sink: RecordSink, options: FileOptions, plan: Plan): TextParser {
  const state: State = {
    sink,
    plan,
    path: [],
    open: [],
    dropping: 0,
    length: 0,
    records: 0,
    fault: null,
    isTooDeep: false,
  };
  const events = makeXmlEvents({
    open(name, attributes, line) {
      openElement(state, { name, attributes, children: [], line });
      if (state.path.length + state.open.length + state.dropping <= MAX_XML_DEPTH) return;
      events.stop();
      state.isTooDeep = true;
      sink.skip(line, `elements are nested deeper than ${MAX_XML_DEPTH} levels: reading stops here`);
    },
    text: (text) => addText(state, text),
    close() {
      if (!state.isTooDeep) closeElement(state);
    },
    fault(message) {
      if (state.open.length > 0) state.fault ??= message;
    },
  });
  return {
    push: events.push,
    end() {
      events.end();
      finish(state, events.counts(), options);
      plan.table.end();
    },
  };
}

function openElement(state: State, node: XmlNode): void {
  const { open, path, plan } = state;
  if (state.dropping > 0 || (open.length > 0 && plan.drop.has(node.name))) {
    state.dropping++;
  } else if (open.length > 0) {
    grow(state, tagLength(node));
    if (state.length <= MAX_RECORD_LENGTH) open[open.length - 1].children.push(node);
    open.push(node);
  } else {
    path.push(node.name);
    if (!plan.isRecord(path)) return;
    open.push(node);
    state.length = tagLength(node);
    state.fault = null;
  }
}

function closeElement(state: State): void {
  const { open, path } = state;
  if (state.dropping > 0) state.dropping--;
  else if (open.length > 1) open.pop();
  else {
    const record = open.pop();
    path.pop();
    if (record) finishRecord(state, record);
  }
}

function addText(state: State, text: string): void {
  const parent = state.open[state.open.length - 1];
  if (!parent || state.dropping > 0 || parent.attributes.encoding === 'base64') return;
  grow(state, text.length);
  if (state.length <= MAX_RECORD_LENGTH) parent.children.push(text);
}

function grow(state: State, by: number): void {
  state.length += by;
  // What is too long is not used: its memory is given back.
  if (state.length > MAX_RECORD_LENGTH) for (const node of state.open) node.children.length = 0;
}

function finishRecord(state: State, record: XmlNode): void {
  const { sink, plan, fault } = state;
  state.records++;
  const refused = plan.refuse(record);
  if (state.length > MAX_RECORD_LENGTH) {
    sink.skip(record.line, `this record is longer than ${MAX_RECORD_LENGTH.toLocaleString('en')} characters`);
  } else if (refused !== null) sink.skip(record.line, refused);
  else {
    if (fault !== null) sink.warn(record.line, `not well-formed XML (${fault}): this record may lack something`);
    const { names, values } = plan.row(record);
    if (values.every(isEmpty)) sink.skip(record.line, 'this record is empty');
    else plan.table.add(names, values, record.line);
  }
}

function finish(state: State, { mended, cut, isInside }: ReturnType<XmlEvents['counts']>, { list }: FileOptions): void {
  const { sink, open, path, records } = state;
  if (mended > 0) sink.warn(0, `${mended} times & or < stands for itself, which is not well-formed XML: mended`);
  if (cut > 0) sink.warn(0, `${cut} texts were cut at ${MAX_RECORD_LENGTH.toLocaleString('en')} characters`);
  if (isInside) sink.warn(0, 'a comment or section has no end: what follows it is not read');
  if (state.isTooDeep) return;
  if (open.length > 0) {
    sink.skip(open[0].line, 'the file breaks off in the middle of this record, which is left out');
  } else if (path.length > 0) sink.warn(0, 'the file has no end: it may be incomplete');
  if (records > 0 || open.length > 0) return;
  throw badFormat(
    list ? `this XML has no elements ${list}` : 'this XML holds no element with a text; export it as CSV or JSON',
  );
}

function rootOf(text: string): string {
  const name = firstElement(text) ?? '';
  return name.slice(name.indexOf(':') + 1);
}

/** UTF-16 units of an element's tags in the file. */
function tagLength({ name, attributes }: XmlNode): number {
  return Object.entries(attributes).reduce(
    (sum, [key, value]) => sum + key.length + value.length + 4,
    2 * name.length + 5,
  );
}

function isEmpty(value: Cell): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function badFormat(reason: string): StageError {
  return new StageError('bad-format', 'read', reason);
}
