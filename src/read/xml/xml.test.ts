import { describe, expect, it } from 'vitest';
import { collect, loadAndParse } from '../fixtures/collect.ts';
import { makeXmlParser } from './parse-xml.ts';

const xml = (text: string, size?: number) => collect((sink) => makeXmlParser(sink, {}), text, size);
const titles = (text: string) => xml(text).records.map(({ title }) => title);

describe('xml of papers', () => {
  it('reads PubMed with labelled abstracts, names of groups and parts of dates', () => {
    const { records } = xml(`<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation>
<PMID Version="1">31</PMID><Article><Journal><JournalIssue><PubDate><Year>2019</Year><Month>02</Month></PubDate></JournalIssue>
<Title>Tides</Title></Journal><ArticleTitle>H<sub>2</sub>O &amp; <i>moss</i>.</ArticleTitle><Abstract>
<AbstractText Label="AIM">To wait.</AbstractText><AbstractText>We waited.</AbstractText></Abstract><AuthorList>
<Author><LastName>Reed</LastName><Initials>T</Initials></Author><Author><CollectiveName>The Ferry Group</CollectiveName></Author>
</AuthorList></Article><MeshHeadingList><MeshHeading><DescriptorName UI="D1">Tides</DescriptorName></MeshHeading>
<MeshHeading><DescriptorName UI="D2">Moss</DescriptorName></MeshHeading></MeshHeadingList></MedlineCitation></PubmedArticle>
<PubmedBookArticle><BookDocument><PMID>32</PMID><Book><BookTitle>A book</BookTitle><PubDate><Year>2001</Year></PubDate>
<AuthorList Type="editors"><Author><LastName>Ed</LastName></Author></AuthorList></Book><ArticleTitle>A chapter</ArticleTitle>
<AuthorList Type="authors"><Author><LastName>Fen</LastName><ForeName>Lu</ForeName></Author></AuthorList>
</BookDocument></PubmedBookArticle></PubmedArticleSet>`);
    expect(records).toMatchObject([
      {
        id: '31',
        title: 'H₂O & moss.',
        text: 'AIM: To wait.\n\nWe waited.',
        authors: 'Reed, T; The Ferry Group',
        date: '2019-02',
        url: 'https://pubmed.ncbi.nlm.nih.gov/31',
        line: 1,
      },
      { title: 'A chapter', text: '', authors: 'Fen, Lu', date: '2001', line: 8 },
    ]);
    expect(new Map(records[0].extra).get('mesh terms')).toEqual(['Tides', 'Moss']);
  });

  it('reads JATS: sections of an abstract, or the first paragraphs', () => {
    const article = (front: string, body: string): string =>
      `<article xmlns:xlink="x"><front><article-meta><title-group><article-title>T</article-title></title-group>${front}</article-meta></front>${body}</article>`;
    const [first] = xml(
      article(
        `<contrib-group><contrib contrib-type="author"><name><surname>Reed</surname><given-names>T</given-names></name>
<xref ref-type="aff">1</xref></contrib></contrib-group><pub-date date-type="pub" iso-8601-date="2020-05-06"><year>2020</year></pub-date>
<abstract><title>Abstract</title><sec><title>Aims</title><p>To wait.</p></sec><sec><title>Ends</title><p>It was 10<sup>-3</sup>.</p></sec></abstract>
<abstract abstract-type="graphical"><p>Picture</p></abstract>`,
        '<body><p>Body</p></body>',
      ),
    ).records;
    expect(first).toMatchObject({
      authors: 'Reed, T',
      date: '2020-05-06',
      text: 'Aims: To wait.\n\nEnds: It was 10⁻³.',
    });
    const body =
      '<body><sec><title>One</title><p>Words <italic>here</italic>.</p></sec></body><back><p>Notes</p></back>';
    expect(xml(article('', body)).records[0].text).toBe('One\n\nWords here.');
  });

  it('reads EndNote, TEI and DBLP', () => {
    const run = (text: string): string => `<style face="normal" size="100%">${text}</style>`;
    const endnote = xml(
      `<xml><records><record><rec-number>7</rec-number><contributors><authors><author>${run('Reed, T.')}</author></authors></contributors>
<titles><title>${run('Of ')}${run('boats')}</title></titles><dates><year>${run('2003')}</year><pub-dates><date>${run('Mar 13')}</date></pub-dates></dates></record></records></xml>`,
    );
    expect(endnote.records[0]).toMatchObject({ id: '7', title: 'Of boats', authors: 'Reed, T.', date: '2003-03-13' });
    const tei =
      xml(`<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title level="a">A letter</title></titleStmt>
<publicationStmt><date when="1911-02-03">then</date></publicationStmt><sourceDesc><biblStruct><analytic><author><persName><forename type="first">T</forename>
<surname>Reed</surname></persName></author></analytic></biblStruct></sourceDesc></fileDesc></teiHeader><text><body><p>Dear you.</p></body></text></TEI>`);
    expect(tei.records[0]).toMatchObject({
      title: 'A letter',
      authors: 'Reed, T',
      date: '1911-02-03',
      text: 'Dear you.',
    });
    const dblp = xml(`<!DOCTYPE dblp SYSTEM "dblp.dtd"><dblp><article key="journals/x/1"><author>T. R&eacute;ed</author>
<title>On <i>k</i>-trees.</title><year>2010</year><ee>https://doi.org/10.1000/x</ee></article><www key="homepages/1"><title>Home Page</title></www></dblp>`);
    expect(dblp.records).toMatchObject([
      { title: 'On k-trees.', authors: 'T. Réed', date: '2010', url: 'https://doi.org/10.1000/x' },
    ]);
    expect(dblp.skipped).toHaveLength(1);
  });
});

describe('xml of feeds and libraries', () => {
  it('reads RSS 1.0 and 2.0, and leaves out what WordPress exports beside posts', () => {
    const rdf = `<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="r" xmlns:dc="d"><channel rdf:about="c"><title>News</title></channel>
<item rdf:about="https://a.org/1"><title>One</title><link>https://a.org/1</link><description>Text</description><dc:date>2020-01-02</dc:date></item></rdf:RDF>`;
    expect(xml(rdf).records).toMatchObject([
      { title: 'One', text: 'Text', date: '2020-01-02', url: 'https://a.org/1' },
    ]);
    const wordpress = `<rss><channel><title>Blog</title><item><title>Post</title><content:encoded><![CDATA[<p>Long & loud</p>]]></content:encoded>
<description>Short</description><wp:post_type>post</wp:post_type></item><item><title>Menu</title><wp:post_type>nav_menu_item</wp:post_type></item></channel></rss>`;
    const { records, skipped } = xml(wordpress);
    expect(records).toMatchObject([{ title: 'Post', text: '<p>Long & loud</p>' }]);
    expect(skipped).toHaveLength(1);
  });

  it('reads MODS, MARC and Dublin Core', () => {
    expect(
      xml(`<mods:modsCollection><mods:mods><mods:titleInfo><mods:nonSort>The</mods:nonSort><mods:title>Boat</mods:title></mods:titleInfo>
<mods:name type="personal"><mods:namePart type="family">Reed</mods:namePart><mods:namePart type="given">T</mods:namePart></mods:name></mods:mods></mods:modsCollection>`)
        .records[0],
    ).toMatchObject({ title: 'The Boat', authors: 'Reed, T' });
    expect(
      xml(`<collection><record><controlfield tag="001">9</controlfield><datafield tag="245"><subfield code="a">Boats :</subfield>
<subfield code="b">a tale /</subfield></datafield><datafield tag="520"><subfield code="a">Of boats.</subfield></datafield></record></collection>`)
        .records[0],
    ).toMatchObject({ id: '9', title: 'Boats : a tale', text: 'Of boats.' });
    const { records, skipped } =
      xml(`<OAI-PMH><ListRecords><record><header><identifier>oai:1</identifier></header><metadata><oai_dc:dc><dc:title>Boats</dc:title>
<dc:creator>Reed, T</dc:creator><dc:description>Of boats.</dc:description><dc:identifier>https://a.org/1</dc:identifier></oai_dc:dc></metadata></record>
<record><header status="deleted"><identifier>oai:2</identifier></header></record></ListRecords></OAI-PMH>`);
    expect(records).toMatchObject([{ title: 'Boats', text: 'Of boats.', authors: 'Reed, T', url: 'https://a.org/1' }]);
    expect(skipped.map(({ reason }) => reason)).toEqual(['a deleted entry']);
  });
});

describe('xml of other kinds', () => {
  it.each([
    [
      'rows of attributes',
      '<posts><row Id="1" Title="A" Body="One" Tags="&lt;x&gt;&lt;y&gt;"/><row Id="2" Title="B" Body="Two"/></posts>',
      ['A', 'B'],
    ],
    [
      'groups of records',
      '<all><group n="1"><doc><title>A</title><text>One</text></doc><doc><title>B</title><text>Two</text></doc></group><group n="2"><doc><title>C</title><text>Three</text></doc></group></all>',
      ['A', 'B', 'C'],
    ],
    [
      'articles of sections',
      '<all><doc><title>A</title><date>2020</date><sec><title>x</title><p>y</p></sec><sec><title>x</title><p>y</p></sec></doc><doc><title>B</title><date>2020</date><sec><p>y</p></sec></doc></all>',
      ['A', 'B'],
    ],
    ['one record', '<study><title>A</title><summary><text>Some words here.</text></summary></study>', ['A']],
    [
      'documents without a root',
      '<DOC><title>A</title><text>At & t</text></DOC>\n<DOC><title>B</title><text>a < b</text></DOC>',
      ['A', 'B'],
    ],
    [
      'fields with names',
      '<add><doc><field name="title">A</field><field name="body">One</field></doc><doc><field name="title">B</field><field name="body">Two</field></doc></add>',
      ['A', 'B'],
    ],
    [
      'an answer of Solr',
      '<response><lst name="responseHeader"><int name="status">0</int></lst><result numFound="2"><doc><str name="id">1</str><arr name="title"><str>A</str></arr><str name="body">One</str></doc><doc><str name="id">2</str><arr name="title"><str>B</str></arr></doc></result></response>',
      ['A', 'B'],
    ],
    [
      'a wiki',
      '<mediawiki><siteinfo><name>W</name></siteinfo><page><title>A</title><id>1</id><revision><text>Long words.</text></revision></page><page><title>B</title><id>2</id><revision><text>Other words.</text></revision></page></mediawiki>',
      ['A', 'B'],
    ],
  ])('reads %s', (_, text, expected) => {
    expect(titles(text)).toEqual(expected);
  });

  it('names nested columns with points, makes lists and joins what is among words', () => {
    const { records, tables } =
      xml(`<all><e><meta><title>A <i>b</i></title><lang>en</lang></meta><tag>x</tag><tag>y</tag><body>One<br/>two</body>
<authors><author><first>T</first><last>Reed</last></author></authors></e><e><meta><title>B</title></meta><body>Two</body></e></all>`);
    expect(records[0]).toMatchObject({ title: 'A b', text: 'One\ntwo', authors: 'Reed, T' });
    expect(records[0].extra).toEqual([
      ['meta.lang', 'en'],
      ['tag', ['x', 'y']],
    ]);
    expect(tables[0].roles.title).toBe('meta.title');
  });

  it('reads the list that is chosen', () => {
    const text =
      '<all><a><t>A long text here</t><u>1</u></a><a><t>And another one</t></a><b><title>B</title><u>2</u></b><b><title>C</title></b></all>';
    const chosen = collect((sink) => makeXmlParser(sink, { list: 'all/b' }), text);
    expect(chosen.records.map(({ title }) => title)).toEqual(['B', 'C']);
    expect(collect((sink) => makeXmlParser(sink, { list: 'all/c' }), text).failure?.failure.message).toContain('all/c');
  });

  it('says which known files hold no texts', () => {
    expect(xml('<urlset><url><loc>https://a.org</loc></url></urlset>').failure?.failure.message).toContain('sitemap');
    expect(xml('<svg><text>A</text></svg>').failure?.failure.message).toContain('SVG');
    expect(xml('<x><y/></x>').skipped).toEqual([{ line: 1, reason: 'this record is empty' }]);
  });

  it('is told from web pages and from plain text', async () => {
    expect(
      (await loadAndParse('<?xml version="1.0"?>\n<!-- x --><a><b><title>T</title></b></a>', 'a.txt')).format,
    ).toBe('xml');
    expect((await loadAndParse('<a title="x" /> is a link\nand more text', 'a.txt')).format).toBe('lines');
  });
});
