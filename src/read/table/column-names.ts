import type { ColumnRole } from '../read.api.ts';

/** Whether `name` is, as a whole, a usual column name (for `role`) in one of the languages known here. */
export function isKnownName(name: string, role?: ColumnRole): boolean {
  const plain = plainName(name);
  if (WEAK_TITLES.has(plain) && (role === undefined || role === 'title')) return true;
  return (role ? [role] : ROLES).some((each) => NAMES[each].has(plain));
}

/**
 * How much a column's name speaks for a role, 0…1: 1 for the usual name itself, less the further down its list it is;
 * .6 for a name whose main word is usual (`Ticket Subject`, `caseText`, `Titre de l’article`), .3 for one with such a
 * word elsewhere. 0 for names of something else (`Source title` is a journal). O(name).
 */
export function nameScore(name: string, role: ColumnRole): number {
  const plain = plainName(name);
  if (role === 'title' && WEAK_TITLES.has(plain)) return WEAK;
  const rank = NAMES[role].get(plain);
  if (rank !== undefined) return 1 - 0.3 * (rank / NAMES[role].size);
  const parts = wordsOf(name);
  if (parts.length < 2 || parts.length > 8) return 0;
  if (parts.some((part) => OTHER_THINGS[role].has(part))) return 0;
  const isUsual = (part: string): boolean => MAIN_WORDS[role].has(part);
  const relation = parts.findIndex((part, i) => i > 0 && RELATIONS.has(part));
  const main = relation > 0 ? parts[relation - 1] : parts[parts.length - 1];
  if (role === 'title' && parts.some((part) => WEAK_THINGS.has(part))) return isUsual(main) ? WEAK : 0;
  if (isUsual(main)) return 0.6;
  return parts.some(isUsual) ? 0.3 : 0;
}

/** Whether a name is that of what people say of a row, which is not what the row says itself. */
export function isRemarkName(name: string): boolean {
  return wordsOf(name).some((part) => REMARKS.has(part));
}

/** Whether a column is named as an abstract, which is a better text than the whole article. */
export function isAbstractName(name: string): boolean {
  const parts = wordsOf(name);
  return ABSTRACTS.has(plainName(name)) || parts.some((part) => ABSTRACTS.has(part) && part.length > 2);
}

/** Whether a name is one of things that are never a title or a text: keywords, addresses, journals, references. */
export function isOtherName(name: string): boolean {
  return OTHER_NAMES.has(plainName(name)) || wordsOf(name).some((part) => OTHER_NAMES.has(part));
}

/** A name without case, marks and punctuation: `Résumé ` and `resume` are the same. */
function plainName(name: string): string {
  const plain = name
    .slice(0, 100)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  // `a, b` is no `AB`.
  return plain.length < 3 && name.trim().length > 2 && /^[a-z]*$/u.test(plain) ? name.trim().toLowerCase() : plain;
}

/** All roles, those that need their own name most first. */
export const ROLES: readonly ColumnRole[] = ['title', 'text', 'id', 'authors', 'date', 'url'];

/** The words of a name, as {@link plainName} makes them: `caseText` and `case_text` have two. */
function wordsOf(name: string): string[] {
  const apart = name.slice(0, 100).replace(/(\p{Ll}|\p{N})(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1$2 ');
  return apart.split(/[^\p{L}\p{M}\p{N}]+/u).flatMap((word) => plainName(word) || []);
}

/** Words before which the main word of a Romance or a turned English name stands: `Date of Purchase`. */
const RELATIONS = new Set('of de do da dos das del della dello dei du des d di von van der'.split(' '));

const ABSTRACT_NAMES = `abstract paperabstract abstracttext abstractnote resumo resumen résumé riassunto zusammenfassung
  kurzfassung samenvatting streszczenie abstrakt аннотация реферат 摘要 文摘 要旨 抄録 概要 要約 초록 요약 ab`;
const ABSTRACTS = words(ABSTRACT_NAMES);

const REMARKS = words('comment comments note notes remark remarks reply replies feedback worklog history');

/** Usual names by role, the most reliable first. Portuguese, French, Spanish, Italian, German, Dutch, Polish, … */
const NAMES: Readonly<Record<ColumnRole, ReadonlyMap<string, number>>> = {
  title: ranked(
    `title papertitle articletitle documenttitle doctitle itemtitle headline heading subject ti titre titel titulo título
    titolo tytuł название заголовок заглавие наименование тема 标题 題名 题名 標題 题目 題目 篇名 论文题目 タイトル 表題 論文名
    論文題名 件名 제목 논문명 논문제목 überschrift betreff assunto asunto oggetto objet onderwerp temat shortdescription summary
    overskrift rubrik otsikko název názov başlık τίτλος назва cím titlu judul العنوان عنوان כותרת शीर्षक ชื่อเรื่อง tiêuđề naslov`,
  ),
  text: ranked(
    `${ABSTRACT_NAMES} text fulltext body bodytext
    articlebody plaintext content contents texto texte testo tekst текст inhalt contenu contenido conteúdo conteudo contenuto
    inhoud treść содержание 正文 本文 全文 内容 文本 テキスト 본문 내용 텍스트 summary description beschreibung descrição
    descripción descrizione opis omschrijving beschrijving описание 描述 简介 説明 설명 document article passage paragraph
    sentence review reviewtext comment comments message tweet post transcript excerpt snippet answer response question
    prompt note notes kommentar comentário comentario commentaire commento opmerking komentarz комментарий отзыв
    评论 评价 コメント レビュー 댓글 리뷰 nachricht mensagem mensaje messaggio bericht wiadomość сообщение 消息 メッセージ 메시지 antwort
    resposta respuesta réponse risposta antwoord odpowiedź ответ 回答 응답 bemerkung remark remarks feedback narrative
    utterance lyrics plot synopsis overview caption story
    sammendrag sammanfattning tiivistelmä teksti özet metin περίληψη κείμενο анотація szöveg absztrakt rezumat abstrak الملخص النص چکیده תקציר सारांश บทคัดย่อ tómtắt sažetak`,
  ),
  id: ranked(
    `id paperid docid documentid articleid arxivid identifier doi di ut pmid eid lensid corpusid key citekey issuekey
    uuid guid uid recordid reviewid tweetid 编号 番号 번호 идентификатор`,
  ),
  authors: ranked(
    `authors author authornames authorlist authorname authorfullnames af au creators creator writtenby byline by inventors
    inventor autor autores autoren auteur auteurs autore autori autorzy автор авторы 作者 著者 著者名 저자 저자명 글쓴이 verfasser
    investigators principalinvestigator from sender speaker
    forfatter forfattere författare tekijä autoři yazar yazarlar συγγραφέας συγγραφείς автори szerző szerzők penulis المؤلف المؤلفون نویسنده מחבר लेखक ผู้แต่ง tácgiả autori`,
  ),
  date: ranked(
    `date published publicationdate publisheddate pubdate datepublished publishedat publishedon issued issuedate createdat
    created creationdate submitted submitteddate submissiondate datum data fecha дата 日期 出版日期 发表日期 日付 発行日 날짜
    发布时间 opened openedat postedat posted year publicationyear pubyear yearpublished publishedyear py jahr année annee año
    ano anno jaar rok год 年 年份 出版年 発行年 発表年 연도 년도 발행연도 발행년도 출판연도 출판년도 updated updatedat updatedate timestamp datetime time
    publishtime publishdate at when
    dato år vuosi yıl tarih έτος ημερομηνία рік év dátum an tahun tanggal السنة التاريخ سال שנה תאריך वर्ष ปี năm godina`,
  ),
  url: ranked(
    `url link href paperurl articleurl absurl htmlurl sourceurl pdfurl permalink webpage website uri entryid ur enlace
    lien ссылка 链接 网址 リンク 링크`,
  ),
};

/** Names that a title may have, but as well a person, a product or a place: any other title comes before them. */
const WEAK_TITLES = words(
  'name nombre nome nom naam nazwa bezeichnung 名称 名稱 이름 song track songtitle movie film game recipe book product event',
);
/** Words that make a title weak: the title of a book in a list of quotations, the name of a hotel in reviews. */
const WEAK_THINGS = words('book product company brand hotel place city country state category restaurant business');
const WEAK = 0.3;

/** Words that tell the role of a longer name. */
const MAIN_WORDS: Readonly<Record<ColumnRole, ReadonlySet<string>>> = {
  title: words('title headline heading subject name titre titel titulo título titolo tytuł название 제목 summary'),
  text: words(
    `abstract text body content contents description summary review comment comments message transcript answer response
    note notes feedback narrative statement remark remarks document article paragraph reason details story resumo resumen
    résumé texto texte testo tekst текст beschreibung descrição descripción descrizione comentario comentário commentaire
    kommentar zusammenfassung bio plot synopsis overview question explanation observation`,
  ),
  id: words('id doi key number nr no uid identifier accession'),
  authors: words(
    'author authors creator creators inventor inventors writer writers investigator investigators autor from',
  ),
  date: words('date year time datum data fecha дата created published posted jahr año ano année at opened'),
  url: words('url link uri href permalink'),
};

/** Words that make a name one of something else, though it has a word of the role. */
const OTHER_THINGS: Readonly<Record<ColumnRole, ReadonlySet<string>>> = {
  title: words(
    `journal source series publication host container conference proceedings user author customer file first last full
    screen person sheet column publisher profile reviewer id zeitschrift revista`,
  ),
  text: words(
    'id url link type length count date language lang score label title reply funding rights license address',
  ),
  id: words('user author customer product parent group category company team count orcid isbn issn page volume phone'),
  authors: words('id ids count number address addresses keywords affiliation affiliations email orcid rank country'),
  date: words('id count birth death expiry expiration'),
  url: words('image img photo picture avatar icon thumbnail thumb logo profile media video author user id'),
};

/** Words of names of things that are never a title or a text. */
const OTHER_NAMES = words(
  `keyword keywords tag tags category categories topic topics affiliation affiliations address addresses journal publisher
  source references cited funding acknowledgements correspondence editor editors reply language license rights copyright
  label labels class type status state country city company organization email user username venue conference series
  schlagwörter schlagworte palabras mots palavras 关键词 キーワード 키워드 期刊 journaltitle so id de c1 cr fx`,
);

function ranked(list: string): ReadonlyMap<string, number> {
  return new Map([...words(list)].map((word, rank) => [word, rank]));
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u).map(plainName));
}
