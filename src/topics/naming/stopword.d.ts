/** The lists used from the package `stopword`, which has no types: words in lower case. */
declare module 'stopword' {
  export const ara: readonly string[];
  export const ben: readonly string[];
  export const deu: readonly string[];
  export const eng: readonly string[];
  export const fas: readonly string[];
  export const fra: readonly string[];
  export const hin: readonly string[];
  export const ind: readonly string[];
  export const ita: readonly string[];
  export const jpn: readonly string[];
  export const kor: readonly string[];
  export const por: readonly string[];
  export const rus: readonly string[];
  export const spa: readonly string[];
  export const tur: readonly string[];
  export const vie: readonly string[];
  export const zho: readonly string[];
}
