import { bodyText } from './body.ts';
import { date, firstOf, joined, list, people, prefixed, sections, text } from './select.ts';
import type { Vocabulary } from './vocabulary.ts';

const ROLES = { title: 'title', text: 'abstract', authors: 'authors', date: 'date', url: 'link', id: 'id' } as const;
const DOI = 'https://doi.org/';

/** PubMed and MEDLINE: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html */
const PUBMED: Vocabulary = {
  roots: ['PubmedArticleSet', 'PubmedArticle', 'PubmedBookArticleSet', 'PubmedBookArticle', 'MedlineCitationSet'],
  records: ['PubmedArticle', 'PubmedBookArticle', 'MedlineCitation'],
  drop: ['ReferenceList', 'CommentsCorrectionsList', 'History'],
  roles: ROLES,
  columns: {
    id: text('//PMID'),
    title: text('//ArticleTitle', '//VernacularTitle', '//BookTitle'),
    abstract: sections('//Abstract/AbstractText', '//OtherAbstract/AbstractText'),
    authors: people('//AuthorList[@Type=authors]/Author', '//AuthorList/Author'),
    date: date('//JournalIssue/PubDate', '//ArticleDate', '//ContributionDate', '//Book/PubDate', '//DateCompleted'),
    link: firstOf(
      prefixed(DOI, text('//ArticleId[@IdType=doi]', '//ELocationID[@EIdType=doi]')),
      prefixed('https://pubmed.ncbi.nlm.nih.gov/', text('//PMID')),
    ),
    journal: text('//Journal/Title', '//MedlineTA', '//Publisher/PublisherName'),
    doi: text('//ArticleId[@IdType=doi]', '//ELocationID[@EIdType=doi]'),
    pmc: text('//ArticleId[@IdType=pmc]'),
    keywords: list('//KeywordList/Keyword'),
    'mesh terms': list('//MeshHeading/DescriptorName'),
    'publication types': list('//PublicationType'),
    language: list('//Language'),
    volume: text('//JournalIssue/Volume'),
    issue: text('//JournalIssue/Issue'),
    pages: text('//Pagination/MedlinePgn'),
  },
};

const META = '//article-meta/';

/** Journal Article Tag Suite and its ancestors, as in PubMed Central: https://jats.nlm.nih.gov */
const JATS: Vocabulary = {
  roots: ['article', 'pmc-articleset', 'articles', 'book-part-wrapper'],
  needs: /<(?:[\w.-]+:)?(?:front|article-meta|front-stub)[\s>]/u,
  records: ['article'],
  drop: ['back', 'ref-list', 'sub-article', 'response', 'table-wrap', 'fig', 'floats-group', 'supplementary-material'],
  roles: { ...ROLES, text: 'text' },
  columns: {
    id: text(`${META}article-id[@pub-id-type=doi|pmid|pmcid|pmc|publisher-id]`, `${META}article-id`),
    title: text(`${META}title-group/article-title`, `${META}article-title`, '//front-stub//article-title'),
    text: firstOf(
      sections(`${META}abstract[!@abstract-type]`, `${META}abstract[@abstract-type=normal|section|summary]`),
      sections(`${META}abstract`, `${META}trans-abstract`),
      bodyText('body'),
    ),
    authors: people(`${META}/contrib[@contrib-type=author]`, `${META}/contrib`),
    date: date(
      `${META}pub-date[@pub-type=epub]`,
      `${META}pub-date[@date-type=pub]`,
      `${META}pub-date[@pub-type=ppub]`,
      `${META}pub-date`,
      `${META}history/date`,
    ),
    link: firstOf(
      prefixed(DOI, text(`${META}article-id[@pub-id-type=doi]`)),
      prefixed('https://pubmed.ncbi.nlm.nih.gov/', text(`${META}article-id[@pub-id-type=pmid]`)),
      text(`${META}self-uri/@xlink:href`),
    ),
    journal: text('//journal-meta//journal-title', '//journal-meta//abbrev-journal-title'),
    doi: text(`${META}article-id[@pub-id-type=doi]`),
    pmid: text(`${META}article-id[@pub-id-type=pmid]`),
    pmc: text(`${META}article-id[@pub-id-type=pmc|pmcid]`),
    'article type': text('@article-type'),
    subjects: list(`${META}article-categories//subject`),
    keywords: list(`${META}kwd-group/kwd`, `${META}/kwd`),
    volume: text(`${META}volume`),
    issue: text(`${META}issue`),
  },
};

/** Text Encoding Initiative, as GROBID and digital editions write it: https://tei-c.org/guidelines */
const TEI: Vocabulary = {
  roots: ['TEI', 'TEI.2', 'teiCorpus', 'teiCorpus.2'],
  records: ['TEI', 'TEI.2'],
  drop: ['listBibl', 'encodingDesc', 'facsimile', 'sourceDoc', 'standOff'],
  roles: { ...ROLES, text: 'text' },
  columns: {
    id: text('//publicationStmt/idno', '//idno[@type=DOI|arXiv|MD5]', '@xml:id'),
    title: text(
      '//titleStmt/title[@level=a]',
      '//titleStmt/title[@type=main]',
      '//titleStmt/title',
      '//sourceDesc//title',
    ),
    text: firstOf(sections('//profileDesc/abstract'), bodyText('text/body', 'text')),
    authors: people('//sourceDesc//analytic/author', '//titleStmt/author', '//sourceDesc//author'),
    date: date('//publicationStmt/date', '//sourceDesc//date', '//creation/date', '//correspAction/date'),
    link: firstOf(prefixed(DOI, text('//idno[@type=DOI]')), text('//publicationStmt/ptr/@target')),
    journal: text('//sourceDesc//monogr/title'),
    doi: text('//idno[@type=DOI]'),
    publisher: text('//publicationStmt/publisher'),
    language: list('//langUsage/language'),
    keywords: list('//keywords/term', '//keywords//item'),
  },
};

/** EndNote's export, whose fields consist of styled runs. */
const ENDNOTE: Vocabulary = {
  roots: ['xml', 'records'],
  needs: /<rec-number>|<source-app[^>]*EndNote|<ref-type/u,
  records: ['record'],
  roles: ROLES,
  columns: {
    id: text('rec-number'),
    title: text('titles/title', 'titles/secondary-title'),
    abstract: joined('abstract'),
    authors: people('contributors/authors/author', 'contributors/secondary-authors/author', '//author'),
    date: firstOf(yearAndDay('dates/year', 'dates/pub-dates/date'), date('dates/year', 'dates/pub-dates/date')),
    link: firstOf(text('electronic-resource-num'), text('urls/related-urls/url', 'urls/web-urls/url', 'urls//url')),
    journal: text('periodical/full-title', 'titles/secondary-title', 'alt-periodical/full-title'),
    doi: text('electronic-resource-num'),
    keywords: list('keywords/keyword'),
    type: text('ref-type/@name'),
    volume: text('volume'),
    issue: text('number'),
    pages: text('pages'),
    publisher: text('publisher'),
    language: text('language'),
    'accession number': text('accession-num'),
    notes: joined('notes', 'research-notes'),
  },
};

/** A date whose year stands apart from its day and month, as in `2011` and `Mar 13`. */
function yearAndDay(yearPath: string, dayPath: string): ReturnType<typeof text> {
  const [getYear, getDay] = [text(yearPath), text(dayPath)];
  return (record) => {
    const [year, day] = [String(getYear(record) ?? ''), String(getDay(record) ?? '')];
    if (!/^\d{4}$/u.test(year) || day === '' || day === year) return null;
    return day.includes(year) ? day : /^[a-z]{3,9}\.?\s+\d{1,2}$/iu.test(day) ? `${day}, ${year}` : null;
  };
}

/** DBLP's dump and a person's page: https://dblp.org/faq */
const DBLP: Vocabulary = {
  roots: ['dblp', 'dblpperson'],
  records: [
    'article',
    'inproceedings',
    'proceedings',
    'book',
    'incollection',
    'phdthesis',
    'mastersthesis',
    'data',
    'www',
  ],
  drop: ['cite', 'person', 'coauthors'],
  roles: { ...ROLES, text: 'note' },
  refuse: ({ name }) => (name === 'www' ? 'the page of a person, not a publication' : null),
  columns: {
    id: text('@key'),
    title: text('title'),
    note: text('note[@type=abstract]'),
    authors: people('author', 'editor'),
    date: date('year', '@mdate'),
    link: firstOf(text('ee'), prefixed('https://dblp.org/', text('url'))),
    venue: text('journal', 'booktitle', 'school', 'publisher'),
    volume: text('volume'),
    pages: text('pages'),
    type: text('@publtype'),
  },
};

/** Vocabularies of papers. */
export const SCHOLARLY: readonly Vocabulary[] = [PUBMED, JATS, TEI, ENDNOTE, DBLP];
