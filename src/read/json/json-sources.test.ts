import { describe, expect, it } from 'vitest';
import { check, type Expected, LONG, lines, OTHER, read } from '../fixtures/json-lab.ts';

const RECORDS: readonly (readonly [string, unknown, Expected])[] = [
  [
    'OpenAlex',
    {
      id: 'https://openalex.org/W1',
      doi: 'https://doi.org/10.5555/x',
      title: 'A',
      publication_date: '2020-01-02',
      authorships: [{ author: { display_name: 'Tam Reed' }, institutions: [{ display_name: 'I' }] }],
      abstract_inverted_index: { We: [0], wait: [1, 3], and: [2] },
      referenced_works: ['https://openalex.org/W2', 'https://openalex.org/W3'],
      primary_location: { source: { display_name: 'J', title: 'no' } },
    },
    {
      title: 'A',
      text: 'We wait and wait',
      authors: 'Tam Reed',
      date: '2020-01-02',
      url: 'https://doi.org/10.5555/x',
      columns: { referenced_works: ['https://openalex.org/W2', 'https://openalex.org/W3'] },
    },
  ],
  [
    'Crossref',
    {
      title: ['A'],
      DOI: '10.5555/x',
      URL: 'https://doi.org/10.5555/x',
      author: [{ given: 'Tam', family: 'Reed', affiliation: [] }, { name: 'Ferry Group' }],
      abstract: '<jats:p>We wait.</jats:p>',
      issued: { 'date-parts': [[2020, 3]] },
      reference: [{ key: 'a', unstructured: LONG }],
    },
    { title: 'A', authors: 'Reed, Tam; Ferry Group', date: '2020-03', url: 'https://doi.org/10.5555/x' },
  ],
  [
    'CSL JSON without address',
    {
      id: 'r',
      title: 'A',
      DOI: '10.5555/x',
      author: [{ family: 'Berg', given: 'L.', 'non-dropping-particle': 'van den' }],
      issued: { 'date-parts': [['2020', '3', '1']] },
    },
    { id: 'r', authors: 'van den Berg, L.', date: '2020-03-01', url: 'https://doi.org/10.5555/x' },
  ],
  [
    'Zotero',
    {
      key: 'K',
      version: 1,
      library: { type: 'user', name: 'ada' },
      meta: { creatorSummary: 'Reed' },
      data: {
        key: 'K',
        title: 'A',
        creators: [{ creatorType: 'author', firstName: 'Tam', lastName: 'Reed' }],
        abstractNote: LONG,
        date: '2020',
        tags: [{ tag: 'x' }, { tag: 'y' }],
      },
    },
    { title: 'A', text: LONG, authors: 'Reed, Tam', date: '2020', columns: { tags: ['x', 'y'] } },
  ],
  [
    'CORD-19',
    {
      paper_id: 'p',
      metadata: { title: 'A', authors: [{ first: 'Tam', middle: ['B.'], last: 'Reed', suffix: '' }] },
      abstract: [{ text: LONG, section: 'Abstract' }, { text: OTHER }],
      body_text: [{ text: OTHER, section: 'One' }],
      bib_entries: { B0: { title: 'x y', year: 1 }, B1: { title: 'z', year: 2 } },
    },
    { title: 'A', text: `${LONG}\n\n${OTHER}`, authors: 'Reed, Tam B.' },
  ],
  [
    'Semantic Scholar',
    {
      paperId: 'p',
      title: 'A',
      abstract: LONG,
      authors: [{ authorId: '1', name: 'Tam Reed' }],
      externalIds: { DOI: '10.5555/x' },
      tldr: { model: 'm', text: 'Short' },
      year: 2020,
    },
    { text: LONG, authors: 'Tam Reed', date: '2020' },
  ],
  [
    'zbMATH',
    {
      id: 1,
      title: { title: 'A', subtitle: null },
      contributors: { authors: [{ name: 'Reed, Tam', codes: ['x'] }] },
      editorial_contributions: [{ text: LONG, language: 'English' }],
      year: '2020',
    },
    { title: 'A', text: LONG, authors: 'Reed, Tam', date: '2020' },
  ],
  [
    'Mastodon',
    {
      id: '1',
      created_at: '2020-01-02T03:04:05Z',
      url: 'https://a.org/1',
      account: { username: 'ada', display_name: 'Ada', note: LONG },
      content: '<p>Hi</p>',
      tags: [{ name: 'x', url: 'u' }],
    },
    { text: '<p>Hi</p>', authors: 'Ada', date: '2020-01-02', url: 'https://a.org/1' },
  ],
  [
    'GitHub',
    {
      url: 'https://api.a.org/1',
      html_url: 'https://a.org/1',
      title: 'A',
      user: { login: 'ada' },
      labels: [{ name: 'bug', color: 'f' }],
      body: LONG,
      comments: 3,
    },
    { title: 'A', text: LONG, authors: 'ada', url: 'https://a.org/1', columns: { labels: ['bug'] } },
  ],
  [
    'a tweet in an archive',
    { tweet: { full_text: LONG, created_at: 'Wed Oct 10 20:19:24 +0000 2018', entities: { hashtags: [] } } },
    { text: LONG, date: '2018-10-10' },
  ],
  [
    'Telegram',
    {
      id: 1,
      type: 'message',
      date: '2020-01-02T03:04:05',
      from: 'Ada',
      text: ['See ', { type: 'link', text: 'https://a.org' }, ' now'],
    },
    { text: 'See https://a.org now', date: '2020-01-02' },
  ],
  [
    'MongoDB',
    {
      _id: { $oid: 'x1' },
      title: 'A',
      text: LONG,
      created: { $date: '2020-01-02T00:00:00Z' },
      n: { $numberLong: '5' },
    },
    { title: 'A', date: '2020-01-02', columns: { n: '5' } },
  ],
  [
    'a text in several languages',
    { title: { de: 'Fähre', en: 'Ferry' }, description: { en: LONG } },
    { title: 'Ferry', text: LONG, columns: { 'title.de': 'Fähre' } },
  ],
  [
    'SQuAD',
    {
      title: 'A',
      paragraphs: [
        { context: LONG, qas: [{ question: 'Why?', id: '1' }] },
        { context: OTHER, qas: [] },
      ],
    },
    { title: 'A', text: `${LONG}\n\n${OTHER}` },
  ],
];

const TALKS: readonly (readonly [string, unknown])[] = [
  [
    'OpenAI',
    {
      messages: [
        { role: 'user', content: 'Why?' },
        { role: 'assistant', content: [{ type: 'text', text: 'So.' }] },
        { role: 'assistant', content: null, tool_calls: [] },
      ],
    },
  ],
  [
    'ShareGPT',
    {
      id: 'x',
      conversations: [
        { from: 'human', value: 'Why?' },
        { from: 'gpt', value: 'So.' },
      ],
    },
  ],
  [
    'Claude',
    {
      uuid: 'x',
      name: 'Talk',
      chat_messages: [
        { sender: 'human', text: 'Why?' },
        { sender: 'assistant', text: '', content: [{ type: 'text', text: 'So.' }] },
      ],
    },
  ],
  [
    'ChatGPT',
    {
      title: 'Talk',
      create_time: 1577836800.5,
      current_node: 'c',
      mapping: {
        a: { id: 'a', message: null, parent: null, children: ['b'] },
        b: {
          message: { author: { role: 'user' }, content: { content_type: 'text', parts: ['Why?'] } },
          parent: 'a',
          children: ['c', 'd'],
        },
        d: { message: { author: { role: 'assistant' }, content: { parts: ['Discarded'] } }, parent: 'b', children: [] },
        c: { message: { author: { role: 'assistant' }, content: { parts: ['So.'] } }, parent: 'b', children: [] },
      },
    },
  ],
  [
    'a list of turns',
    [
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: 'So.' },
    ],
  ],
];

describe('json records of known sources', () => {
  it.each(RECORDS)('reads %s', (_, value, expected) => {
    check(read([value, value]), expected);
    check(lines([value, value]), expected);
  });
});

describe('json of conversations', () => {
  it.each(TALKS)('reads a conversation of %s as one text', (_, value) => {
    const { records } = lines([value, value, value]);
    expect(records).toHaveLength(3);
    const [{ text }] = records;
    expect(text.split('\n\n').map((turn) => turn.replace(/^\w+: /u, ''))).toEqual(['Why?', 'So.']);
  });

  it('reads the messages of a chat between people one by one, and a talk with a machine as one', () => {
    const chat = {
      name: 'Room',
      type: 'group',
      id: 1,
      messages: [1, 2, 3].map((id) => ({ id, from: 'Ada', date: '2020-01-02', text: `${LONG} ${id}` })),
    };
    expect(read(chat).records).toHaveLength(3);
    expect(
      read({
        messages: [
          { role: 'user', content: 'Why?' },
          { role: 'assistant', content: 'So.' },
        ],
      }).records,
    ).toHaveLength(1);
  });
});
