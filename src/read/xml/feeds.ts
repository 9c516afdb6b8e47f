import { date, firstOf, list, people, text } from './select.ts';
import type { XmlNode } from './tree.ts';
import type { Vocabulary } from './vocabulary.ts';

const ROLES = { title: 'title', text: 'text', authors: 'authors', date: 'date', url: 'link', id: 'id' } as const;

/** RSS 0.9 to 2.0, blogs exported by WordPress, podcasts: https://www.rssboard.org/rss-specification */
const RSS: Vocabulary = {
  roots: ['rss', 'RDF'],
  needs: /<(?:rss:)?(?:rss|channel|item)[\s>]/u,
  records: ['item'],
  drop: ['wp:comment', 'wp:postmeta'],
  roles: ROLES,
  refuse: refuseFurniture,
  columns: {
    id: text('guid', '@rdf:about', 'wp:post_id'),
    title: text('title', 'media:title', 'itunes:title', 'dc:title'),
    text: text(
      'content:encoded',
      'description',
      'itunes:summary',
      'media:description',
      'dc:description',
      'excerpt:encoded',
    ),
    authors: people('dc:creator', 'author', 'itunes:author', 'creator'),
    date: date('pubDate', 'dc:date', 'dcterms:issued', 'prism:publicationDate', 'wp:post_date'),
    link: firstOf(text('link'), text('guid[@isPermaLink=true]', 'guid', '@rdf:about', 'enclosure/@url')),
    doi: text('prism:doi'),
    journal: text('prism:publicationName'),
    categories: list('category', 'dc:subject', 'itunes:keywords'),
    summary: (record) => (text('content:encoded')(record) ? text('description', 'excerpt:encoded')(record) : null),
    source: text('source', 'dc:source'),
    duration: text('itunes:duration'),
    'post type': text('wp:post_type'),
    status: text('wp:status'),
  },
};

/** What WordPress exports beside posts and pages. */
function refuseFurniture(record: XmlNode): string | null {
  const type = String(text('wp:post_type')(record) ?? '');
  return /^(?:nav_menu_item|attachment|revision|custom_css|customize_changeset|oembed_cache|wp_\w+)$/u.test(type)
    ? `no post: ${type}`
    : null;
}

/** Atom (RFC 4287), as arXiv's API and YouTube give it. */
const ATOM: Vocabulary = {
  roots: ['feed', 'entry'],
  records: ['entry'],
  roles: ROLES,
  refuse: refuseSettings,
  columns: {
    id: text('id', 'yt:videoId'),
    title: text('title', 'media:group/media:title'),
    text: text('content', 'summary', 'media:group/media:description'),
    authors: people('author', 'source/author', 'dc:creator'),
    date: date('published', 'issued', 'created', 'updated', 'modified'),
    link: firstOf(text('link[@rel=alternate]/@href', 'link[!@rel]/@href'), text('link/@href', 'id')),
    summary: (record) => (text('content')(record) ? text('summary')(record) : null),
    categories: list('category/@term', 'category/@label'),
    updated: text('updated'),
    doi: text('arxiv:doi', 'prism:doi'),
    journal: text('arxiv:journal_ref'),
    comment: text('arxiv:comment'),
    source: text('source/title'),
  },
};

/** Entries of Blogger's backup that are no posts. */
function refuseSettings(record: XmlNode): string | null {
  const kind = list('category/@term')(record);
  const term = (Array.isArray(kind) ? kind : []).find((each) => /blogger\/\d+\/kind#/u.test(String(each)));
  const name = String(term ?? '').split('#')[1] ?? '';
  return name === 'settings' || name === 'template' ? `no post: ${name} of the blog` : null;
}

/** Vocabularies of feeds. */
export const FEEDS: readonly Vocabulary[] = [RSS, ATOM];
