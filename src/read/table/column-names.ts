import type { ColumnRole } from '../read.api.ts';

/** Whether `name` is, as a whole, a usual column name (for `role`) in one of the languages known here. */
export function isKnownName(name: string, role?: ColumnRole): boolean {
  const plain = plainName(name);
  return (role ? [role] : ROLES).some((each) => NAMES[each].has(plain));
}

/** A name without case, marks and punctuation: `Résumé ` and `resume` are the same. */
function plainName(name: string): string {
  return name
    .slice(0, 100)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** All roles, those that need their own name most first. */
const ROLES: readonly ColumnRole[] = ['title', 'text', 'id', 'authors', 'date', 'url'];

/** Usual names by role, the most reliable first. Portuguese, French, Spanish, Italian, German, Dutch, Polish, … */
const NAMES: Readonly<Record<ColumnRole, ReadonlyMap<string, number>>> = {
  title: ranked(
    `title papertitle articletitle documenttitle doctitle itemtitle headline heading subject ti titre titel titulo título
    titolo tytuł название заголовок заглавие наименование тема 标题 題名 题名 標題 题目 題目 篇名 论文题目 タイトル 表題 論文名
    論文題名 件名 제목 논문명 논문제목 überschrift betreff assunto asunto oggetto objet onderwerp temat shortdescription name`,
  ),
  text: ranked(
    `abstract paperabstract abstracttext abstractnote resumo resumen résumé riassunto zusammenfassung kurzfassung
    samenvatting streszczenie abstrakt аннотация реферат 摘要 文摘 要旨 抄録 概要 要約 초록 요약 ab text fulltext body bodytext
    articlebody plaintext content contents texto texte testo tekst текст inhalt contenu contenido conteúdo conteudo contenuto
    inhoud treść содержание 正文 本文 全文 内容 文本 テキスト 본문 내용 텍스트 summary description beschreibung descrição
    descripción descrizione opis omschrijving beschrijving описание 描述 简介 説明 설명 document article passage paragraph
    sentence review reviewtext comment comments message tweet post transcript excerpt snippet answer response question
    prompt note notes kommentar comentário comentario commentaire commento opmerking komentarz комментарий отзыв
    评论 评价 コメント レビュー 댓글 리뷰 nachricht mensagem mensaje messaggio bericht wiadomość сообщение 消息 メッセージ 메시지 antwort
    resposta respuesta réponse risposta antwoord odpowiedź ответ 回答 응답 bemerkung remark remarks feedback narrative
    utterance lyrics plot synopsis overview caption story`,
  ),
  id: ranked(
    `id paperid docid documentid articleid arxivid identifier doi di ut pmid eid lensid corpusid key citekey issuekey
    uuid guid uid recordid reviewid tweetid 编号 番号 번호 идентификатор`,
  ),
  authors: ranked(
    `authors author authornames authorlist authorname authorfullnames af au creators creator writtenby byline by inventors
    inventor autor autores autoren auteur auteurs autore autori autorzy автор авторы 作者 著者 著者名 저자 글쓴이 verfasser
    investigators principalinvestigator from sender speaker`,
  ),
  date: ranked(
    `date published publicationdate publisheddate pubdate datepublished publishedat publishedon issued issuedate createdat
    created creationdate submitted submitteddate submissiondate datum data fecha дата 日期 出版日期 发表日期 日付 発行日 날짜
    发布时间 opened openedat postedat posted year publicationyear pubyear yearpublished publishedyear py jahr année annee año
    ano anno jaar rok год 年 年份 出版年 発行年 発表年 연도 년도 발행연도 updated updatedat updatedate timestamp datetime time
    publishtime at when`,
  ),
  url: ranked(
    `url link href paperurl articleurl absurl htmlurl sourceurl pdfurl permalink webpage website uri entryid ur enlace
    lien ссылка 链接 网址 リンク 링크`,
  ),
};

function ranked(list: string): ReadonlyMap<string, number> {
  return new Map([...words(list)].map((word, rank) => [word, rank]));
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u).map(plainName));
}
