/** The parts of a standalone page. */
export interface PageParts {
  readonly title: string;
  /** The viewer: `frame.js` and `frame.css` of the site, as text. */
  readonly script: string;
  readonly style: string;
  /** The body of `frame.html`. */
  readonly body: string;
  readonly map: Uint8Array;
}

/** SHA-256 in base64, as the policy identifies an inline script. */
export type HashOf = (text: string) => Promise<string>;

/**
 * One HTML file that contains the map and opens from a disk: no server, no network, nothing to install. Its policy
 * names its one script and one style by their hashes and allows no requests. `<` in the parts cannot end them early.
 */
export async function standalonePage(parts: PageParts, hashOf: HashOf): Promise<string> {
  // In strings and templates the escapes mean the same, and the script has these characters nowhere else. HTML parsers
  // replace NUL, after which the hash would no longer match.
  const script = parts.script.replace(/<(?=\/script|!--)/giu, '\\x3C').replaceAll('\0', '\\x00');
  const style = parts.style.replace(/<(?=\/style)/giu, '\\3C ');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${await hashOf(script)}'`,
    `style-src 'sha256-${await hashOf(style)}'`,
    'img-src blob: data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${parts.title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</title>
<style>${style}</style>
</head>
<body>
${parts.body}
<script type="text/plain" id="map">${toBase64(parts.map)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Bytes converted at once: a call takes some ten thousand arguments. A multiple of three, so that the results join. */
const PIECE = 3 * 4096;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += PIECE) {
    text += btoa(String.fromCharCode(...bytes.subarray(from, from + PIECE)));
  }
  return text;
}
