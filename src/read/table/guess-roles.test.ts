import { describe, expect, it } from 'vitest';
import { parseText } from '../fixtures/collect.ts';

const WORDS = 'lantern harbor willow cinder furrow meadow quarry velvet thistle barley compass kettle'.split(' ');
const words = (row: number, count: number): string =>
  Array.from({ length: count }, (_, i) => WORDS[(row * 7 + i * (row + 3)) % WORDS.length]).join(' ');
const sentence = (row: number, count: number): string => {
  const [first, ...rest] = words(row, count);
  return `${first.toUpperCase()}${rest.join('')}.`;
};
const NAMES = ['Ada Quill', 'Bo Marrow', 'Cleo Tansy', 'Dan Furze', 'Eve Sorrel'];

/** What the cells of a column hold, by row. */
const CELLS: Readonly<Record<string, (row: number) => string>> = {
  prose: (row) => `${sentence(row, 14)} ${sentence(row + 1, 11)} ${sentence(row + 2, 9)}`,
  long: (row) => Array.from({ length: 12 }, (_, i) => sentence(row + i, 12)).join(' '),
  article: (row) => Array.from({ length: 60 }, (_, i) => sentence(row + i, 12)).join(' '),
  phrase: (row) => `${words(row, 6)} ${row}`,
  line: (row) => sentence(row, 5),
  few: (row) => ['Good', 'Bad luck', 'Fine', 'So so'][row % 4],
  class: (row) => ['red', 'green', 'blue'][row % 3],
  same: () => 'Journal of Examples',
  number: (row) => String(row * 31 + 7),
  code: (row) => `KX-${1000 + row}`,
  year: (row) => String(1990 + row),
  day: (row) => `2020-03-${String(row + 10)}`,
  time: (row) => `2020-03-${String(row + 10)} 10:00:00`,
  person: (row) => NAMES[row % NAMES.length],
  people: (row) => `${NAMES[row % 5]}; ${NAMES[(row + 2) % 5]}`,
  mail: (row) => `p${row}@example.org`,
  url: (row) => `https://example.org/item/${row}`,
  image: (row) => `https://example.org/${row}.png`,
  doi: (row) => `10.5555/inv.${row}`,
  list: (row) => `${WORDS[row % 5]}; ${WORDS[(row + 2) % 5]}; ${WORDS[(row + 4) % 7]}`,
  refs: (row) => Array.from({ length: 6 }, (_, i) => `Quill A, ${1990 + i}, J EX, V${row}`).join('; '),
  address: (row) => `Univ Example, Dept Lanterns, ${row} Harbor St, Cinder, Quarry`,
  empty: () => '',
};

/** The roles of a table with ten rows; `columns` is written `name: what it holds, …`. */
function rolesOf(columns: string) {
  const parts = columns.split(/,\s*/u).map((part) => part.split(/:\s*(?=\w+$)/u));
  const cell = (text: string): string => `"${text}"`;
  const rows = Array.from({ length: 10 }, (_, row) => parts.map(([, kind]) => cell(CELLS[kind](row))).join(','));
  const text = [parts.map(([name]) => cell(name)).join(','), ...rows].join('\n');
  const { tables } = parseText(text, 'a.csv', { headerRow: 1 });
  return tables[0];
}

describe('the roles of a table’s columns', () => {
  it.each([
    // Databases of literature.
    [
      'Publication Type: class, Authors: people, Article Title: phrase, Source Title: same, Author Keywords: list, Abstract: long, Addresses: address, Cited References: refs, Publication Date: class, Publication Year: year, DOI: doi, UT (Unique WOS ID): code',
      'Article Title',
      'Abstract',
      { authors: 'Authors', date: 'Publication Year', id: 'DOI' },
    ],
    [
      'Authors: people, Author full names: people, Author(s) ID: number, Title: phrase, Year: year, Source title: same, Volume: number, DOI: doi, Link: url, Affiliations: address, Abstract: long, Author Keywords: list, References: refs, Correspondence Address: address, Publisher: same, ISSN: code, Document Type: class, EID: code',
      'Title',
      'Abstract',
      { authors: 'Authors', date: 'Year', url: 'Link' },
    ],
    [
      'Rank: number, Publication ID: code, DOI: doi, PMID: number, Title: phrase, Abstract: long, Acknowledgements: prose, Funding: prose, Source title: same, Publisher: same, PubYear: year, Authors: people, Dimensions URL: url',
      'Title',
      'Abstract',
      { authors: 'Authors', date: 'PubYear', url: 'Dimensions URL' },
    ],
    [
      'Document Title: phrase, Authors: people, Author Affiliations: address, Publication Title: same, Date Added To Xplore: day, Publication Year: year, Abstract: long, ISBNs: code, DOI: doi, PDF Link: url, Author Keywords: list, Document Identifier: class',
      'Document Title',
      'Abstract',
      { authors: 'Authors', date: 'Publication Year', id: 'DOI', url: 'PDF Link' },
    ],
    [
      'Item Title: phrase, Publication Title: same, Book Series Title: empty, Journal Volume: number, Item DOI: doi, Authors: people, Publication Year: year, URL: url, Content Type: class',
      'Item Title',
      null,
      { id: 'Item DOI', date: 'Publication Year' },
    ],
    [
      'id: code, submitter: person, authors: people, title: phrase, comments: line, journal-ref: same, doi: doi, categories: class, abstract: long, update_date: day',
      'title',
      'abstract',
      { id: 'id', date: 'update_date' },
    ],
    [
      'key: code, title: phrase, year: year, journal: same, authors: people, url: url, abstract: long, notes: line',
      'title',
      'abstract',
      { id: 'key' },
    ],
    [
      'SrcDatabase-来源库: class, Title-题名: phrase, Author-作者: people, Organ-单位: address, Source-文献来源: same, Keyword-关键词: list, Summary-摘要: prose, PubTime-发表时间: day',
      'Title-题名',
      'Summary-摘要',
      { authors: 'Author-作者', date: 'PubTime-发表时间' },
    ],
    [
      'Application Number: code, Project Title: phrase, Project Abstract: long, Principal Investigator: person, Organization Name: same, Fiscal Year: year',
      'Project Title',
      'Project Abstract',
      { authors: 'Principal Investigator', date: 'Fiscal Year' },
    ],
    [
      'NCT Number: code, Study Title: phrase, Study URL: url, Study Status: class, Brief Summary: prose, Conditions: list, Sponsor: same, Start Date: day',
      'Study Title',
      'Brief Summary',
      { url: 'Study URL', date: 'Start Date', id: 'NCT Number' },
    ],
    [
      'rcn: number, acronym: code, title: phrase, objective: long, startDate: day, endDate: day, topics: class',
      'title',
      'objective',
      { date: 'startDate' },
    ],
    // Reviews, posts, tickets.
    [
      'reviewId: code, userName: person, userImage: image, content: line, score: number, thumbsUpCount: number, at: time, replyContent: empty, repliedAt: empty',
      null,
      'content',
      { id: 'reviewId', date: 'at' },
    ],
    [
      'id: number, userName: person, title: few, review: prose, rating: class, date: time, isEdited: class',
      'title',
      'review',
      { date: 'date' },
    ],
    [
      'Id: number, ProductId: code, UserId: code, ProfileName: person, Score: class, Time: number, Summary: few, Text: prose',
      'Summary',
      'Text',
      { id: 'Id' },
    ],
    [
      'Clothing ID: class, Age: number, Title: few, Review Text: prose, Rating: class, Division Name: class',
      'Title',
      'Review Text',
      {},
    ],
    [
      'Summary: phrase, Issue key: code, Issue id: number, Issue Type: class, Status: class, Project name: same, Priority: class, Assignee: person, Reporter: person, Created: time, Updated: time, Description: prose, Environment: empty',
      'Summary',
      'Description',
      { date: 'Created' },
    ],
    [
      'Ticket ID: code, Subject: phrase, Description: prose, Status: class, Requester: person, Created at: time, Tags: list',
      'Subject',
      'Description',
      { id: 'Ticket ID', date: 'Created at' },
    ],
    [
      'Date received: day, Product: class, Issue: class, Consumer complaint narrative: prose, Company: class, State: class, Complaint ID: number',
      null,
      'Consumer complaint narrative',
      { id: 'Complaint ID', date: 'Date received' },
    ],
    [
      'Card ID: code, Card Name: phrase, Card URL: url, Card Description: prose, Labels: class, Due Date: day, List Name: class',
      'Card Name',
      'Card Description',
      { url: 'Card URL', id: 'Card ID' },
    ],
    [
      'AuthorID: number, Author: person, Date: time, Content: prose, Attachments: empty, Reactions: empty',
      null,
      'Content',
      { authors: 'Author', date: 'Date' },
    ],
    [
      'author: person, created_utc: number, subreddit: class, title: phrase, selftext: prose, permalink: code, num_comments: number, score: number',
      'title',
      'selftext',
      { authors: 'author' },
    ],
    [
      'Timestamp: time, What is your age?: class, What should we improve?: prose, Would you come again?: class',
      null,
      'What should we improve?',
      { date: 'Timestamp' },
    ],
    // News, films, books, law, work.
    [
      'category: class, headline: phrase, authors: person, link: url, short_description: prose, date: day',
      'headline',
      'short_description',
      { url: 'link', authors: 'authors' },
    ],
    ['title: phrase, text: article, subject: class, date: day', 'title', 'text', { date: 'date' }],
    ['title: phrase, abstract: prose, full_text: article', 'title', 'abstract', {}],
    [
      'Release Year: year, Title: phrase, Origin/Ethnicity: class, Director: person, Cast: people, Genre: class, Wiki Page: url, Plot: article',
      'Title',
      'Plot',
      { date: 'Release Year', url: 'Wiki Page' },
    ],
    [
      'country: class, description: prose, designation: few, points: number, price: number, taster_name: person, title: phrase, variety: class, winery: class',
      'title',
      'description',
      {},
    ],
    [
      'job_id: number, jobTitle: phrase, companyName: class, jobDescription: long, location: class, postedAt: day',
      'jobTitle',
      'jobDescription',
      { date: 'postedAt' },
    ],
    [
      'caseId: code, caseName: phrase, caseText: long, decisionDate: day, court: class',
      'caseName',
      'caseText',
      { id: 'caseId', date: 'decisionDate' },
    ],
    // Other languages.
    [
      'Título: phrase, Resumo: prose, Autores: people, Ano: year, Palavras-chave: list',
      'Título',
      'Resumo',
      { authors: 'Autores', date: 'Ano' },
    ],
    [
      'Título del artículo: phrase, Resumen: prose, Autor: person, Fecha de publicación: day, Enlace: url',
      'Título del artículo',
      'Resumen',
      { authors: 'Autor', date: 'Fecha de publicación', url: 'Enlace' },
    ],
    [
      'Titre: phrase, Résumé: prose, Auteurs: people, Année: year, Lien: url',
      'Titre',
      'Résumé',
      { authors: 'Auteurs', date: 'Année', url: 'Lien' },
    ],
    [
      'Titolo: phrase, Descrizione: prose, Autore: person, Anno: year',
      'Titolo',
      'Descrizione',
      { authors: 'Autore', date: 'Anno' },
    ],
    [
      'Titel: phrase, Zusammenfassung: prose, Verfasser: people, Jahr: year, Schlagwörter: list',
      'Titel',
      'Zusammenfassung',
      { authors: 'Verfasser', date: 'Jahr' },
    ],
    [
      'Titel: phrase, Omschrijving: prose, Auteur: person, Jaar: year',
      'Titel',
      'Omschrijving',
      { authors: 'Auteur', date: 'Jaar' },
    ],
    [
      'Tytuł: phrase, Streszczenie: prose, Autorzy: people, Rok: year',
      'Tytuł',
      'Streszczenie',
      { authors: 'Autorzy', date: 'Rok' },
    ],
    [
      'Название: phrase, Аннотация: prose, Авторы: people, Год: year',
      'Название',
      'Аннотация',
      { authors: 'Авторы', date: 'Год' },
    ],
    ['标题: phrase, 摘要: prose, 作者: people, 年份: year', '标题', '摘要', { authors: '作者', date: '年份' }],
    [
      'タイトル: phrase, 要旨: prose, 著者: people, 発行年: year',
      'タイトル',
      '要旨',
      { authors: '著者', date: '発行年' },
    ],
    ['제목: phrase, 초록: prose, 저자: people, 연도: year', '제목', '초록', { authors: '저자', date: '연도' }],
  ])('%s', (columns, title, text, others) => {
    expect(rolesOf(columns).roles).toMatchObject({ title, text, ...others });
  });

  it.each([
    ['title: phrase, content: class, long_text: prose', 'title', 'long_text'],
    ['title: phrase, note: number, details: prose', 'title', 'details'],
    ['title: phrase, abstract: code, body: prose', 'title', 'body'],
    ['name: phrase, summary: number, entry: prose', 'name', 'entry'],
    ['prompt: same, answer given: prose', null, 'answer given'],
    ['abstract_url: url, date: class, thoughts: prose', null, 'thoughts'],
    ['a: code, b: phrase, c: long, d: number', 'b', 'c'],
  ])('believes the cells of %s', (columns, title, text) => {
    expect(rolesOf(columns).roles).toMatchObject({ title, text });
  });

  it('says why', () => {
    expect(rolesOf('a: code, b: phrase, c: long, Datum: day, e: url').reasons).toEqual({
      title: 'short texts that differ',
      text: 'the longest texts',
      date: 'its name',
      url: 'addresses',
    });
  });
});
