/**
 * The letters beyond a–z of languages in Latin script, in lower case, one language a string. A text whose letters are
 * all of one language is likelier to be decoded rightly than one whose letters no language has together.
 */
export const LATIN_ALPHABETS: readonly string[] = [
  'äöüß', // German
  'àâæçéèêëîïôœùûüÿ', // French
  'áéíóúüñªº', // Spanish
  'àáâãçéêíóôõúüªº', // Portuguese
  'àèéìíîòóùú', // Italian
  'àçèéíïòóúü', // Catalan
  'áàâäéèêëïíîóòôöúùûü', // Dutch
  'åäöé', // Swedish, Finnish
  'æøåéòóô', // Danish, Norwegian
  'áæéíðóöúýþ', // Icelandic
  'õäöüšž', // Estonian
  'áéíóöőúüű', // Hungarian
  'ąćęłńóśźż', // Polish
  'áčďéěíňóřšťúůýž', // Czech
  'áäčďéíĺľňóôŕšťúýž', // Slovak
  'čšžćđ', // Slovene, Croatian, Bosnian
  'ăâîșțşţ', // Romanian
  'çëâ', // Albanian
  'âçğıîöşüûi̇', // Turkish
  'āčēģīķļņšūž', // Latvian
  'ąčęėįšųūž', // Lithuanian
];

/** The commonest characters of languages in other scripts; about half of an ordinary text is made of them. */
export const COMMON_CHARACTERS =
  // Russian, Bulgarian, Serbian, Ukrainian
  'оеаинтсрвлкмдпуяыьіј' +
  // Greek
  'αοιετσνηυρπκμλςωάίόή' +
  // Hebrew
  'יוהלארתבשמנדםקפחע' +
  // Arabic, Persian
  'اليمونرتبةعدسفهکی' +
  // Thai
  'านรอกเงมยลวดทสตะ่้ัี' +
  // Simplified and traditional Chinese
  '的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市员通度题论系统研究数据模型' +
  '這來國個說們為時對後麼沒還發當無開經頭從動兩長樣現將與進實點聲話兒問機給幾業間電門東氣關並產員題論統數據學會過' +
  // Kanji of Japanese learned writing
  '日本年間語用性化法的者研究題論文新分析結果関係発表対応気' +
  // Korean
  '이다는의을에가한고하지로를은사기어대도나리인서자시해과정그보스수일있아니라들만것게전부제주장구조적연방여상원마성무면비동선거경소바국신오우내었안문때중모으되생분석용법계';
