/** An encoding that a file can be read in: its name in the WHATWG Encoding Standard, and whose texts it is for. */
export interface EncodingName {
  readonly label: string;
  readonly words: string;
}

/**
 * The encodings that are tried for a text that is not UTF-8. Of two that fit equally well, the earlier one is taken:
 * the more common one, and the one that has more characters.
 */
export const LEGACY_ENCODINGS: readonly EncodingName[] = [
  { label: 'windows-1252', words: 'Western European' },
  { label: 'windows-1251', words: 'Cyrillic' },
  { label: 'gb18030', words: 'simplified Chinese' },
  { label: 'shift_jis', words: 'Japanese' },
  { label: 'euc-kr', words: 'Korean' },
  { label: 'big5', words: 'traditional Chinese' },
  { label: 'euc-jp', words: 'Japanese' },
  { label: 'windows-1250', words: 'Central European' },
  { label: 'windows-1254', words: 'Turkish' },
  { label: 'windows-1253', words: 'Greek' },
  { label: 'windows-1255', words: 'Hebrew' },
  { label: 'windows-1256', words: 'Arabic' },
  { label: 'windows-1257', words: 'Baltic' },
  { label: 'windows-874', words: 'Thai' },
  { label: 'koi8-r', words: 'Russian' },
  { label: 'koi8-u', words: 'Ukrainian' },
  { label: 'iso-8859-2', words: 'Central European' },
  { label: 'iso-8859-15', words: 'Western European' },
  { label: 'iso-8859-5', words: 'Cyrillic' },
  { label: 'iso-8859-6', words: 'Arabic' },
  { label: 'iso-8859-7', words: 'Greek' },
  { label: 'ibm866', words: 'Cyrillic, DOS' },
  { label: 'macintosh', words: 'Western European, Mac' },
];
