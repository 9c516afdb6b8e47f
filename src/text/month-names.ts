/**
 * Names of the months in English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Finnish,
 * Polish, Czech, Russian, Ukrainian, Greek, Turkish, Romanian, Hungarian and Indonesian (Unicode CLDR: in full, in the
 * genitive where dates have it, and short forms that are no beginnings of these), without case and marks.
 */
const NAMES: readonly string[] = [
  ' january januar janner jan janvier enero gennaio janeiro januari tammikuuta styczen stycznia leden ledna январь января січень січня ιανουαριου ocak ianuarie ',
  ' february februar feb fevrier febrero febbraio fevereiro februari helmikuuta luty lutego unor unora февраль февраля лютий лютого φεβρουαριου subat ',
  ' march marz mar mars marzo marco maart mrt marts maaliskuuta marzec marca brezen brezna март марта березень березня μαρτιου mart martie marcius maret ',
  ' april apr avril abril aprile huhtikuuta kwiecien kwietnia duben dubna апрель апреля квітень квітня απριλιου nisan aprilie aprilis ',
  ' may mai mayo maggio maio mei maj toukokuuta maja kveten kvetna маи мая травень травня μαιου mayıs majus ',
  ' june jun juni juin junio giugno junho kesakuuta czerwiec czerwca cerven cvn cervna июнь июня червень червня ιουνιου haziran iunie junius ',
  ' july jul juli juillet julio luglio julho heinakuuta lipiec lipca cervenec cvc cervence июль июля липень липня ιουλιου temmuz iulie julius ',
  ' august aug aout agosto augustus elokuuta sierpien sierpnia srpen srpna август августа серпень серпня αυγουστου agustos agust augusztus ',
  ' september sep sept septembre septiembre setiembre settembre setembro syyskuuta wrzesien wrzesnia zari сентябрь сентября вересень вересня σεπτεμβριου eylul septembrie szeptember ',
  ' october oct oktober octobre octubre ottobre outubro lokakuuta pazdziernik pazdziernika rijen rijna октябрь октября жовтень жовтня οκτωβριου ekim octombrie ',
  ' november nov novembre noviembre novembro marraskuuta listopad listopada listopadu ноябрь ноября листопад листопада νοεμβριου kasım noiembrie ',
  ' december dec dezember decembre diciembre dicembre dezembro desember joulukuuta grudzien grudnia prosinec prosince декабрь декабря грудень грудня δεκεμβριου aralık decembrie ',
];

/**
 * The number of a month, 1…12, by its name or a beginning of it of at least three letters, such as `Mar`, `März`, `févr`
 * or `марта`; 0 for other words, and for beginnings that two months have.
 */
export function monthNumber(word: string): number {
  const plain = plainLetters(word);
  if (plain.length < 3) return 0;
  const exact = NAMES.findIndex((names) => names.includes(` ${plain} `));
  if (exact >= 0) return exact + 1;
  const first = NAMES.findIndex((names) => names.includes(` ${plain}`));
  return first >= 0 && first === NAMES.findLastIndex((names) => names.includes(` ${plain}`)) ? first + 1 : 0;
}

/** `word` in lower case without marks above and below its letters. */
export function plainLetters(word: string): string {
  return word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}
