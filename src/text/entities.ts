import { decodeHTML } from 'entities';

/** `text` with HTML's character references, such as `&amp;` and `&#8217;`, as characters. Unknown ones stay. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text;
}
