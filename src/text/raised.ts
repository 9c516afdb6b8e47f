/** How raised and lowered characters are written: as Unicode's small ones where there are any, or as plain ones. */
export type Raised = 'small' | 'plain';

const FROM = '0123456789+-−=()';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾';
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎';
const LETTERS_FROM = 'aehijklmnoprstuvx';
const LETTER_SUBSCRIPTS = 'ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ';

/** `content` raised after `before`: m², 10⁻³, xⁿ, 1st; plain: m2, 10^-3, xn, 1st. */
export function superscript(before: string, content: string, how: Raised): string {
  const text = content.trim();
  if (how === 'small') {
    const small = text === 'n' ? 'ⁿ' : text === 'i' ? 'ⁱ' : convert(text, FROM, SUPERSCRIPTS);
    if (small !== null) return small;
  }
  return /\d$/u.test(before) && /^[\d+−-]/u.test(text) ? `^${text}` : text;
}

/** `content` lowered: H₂O, xᵢ, Tmax; plain: H2O, xi, Tmax. */
export function subscript(content: string, how: Raised): string {
  const text = content.trim();
  if (how === 'plain') return text;
  return (
    convert(text, FROM, SUBSCRIPTS) ??
    (text.length === 1 ? convert(text, LETTERS_FROM, LETTER_SUBSCRIPTS) : null) ??
    text
  );
}

/** The small forms of all characters, or null if one has none. */
function convert(text: string, from: string, to: string): string | null {
  let small = '';
  for (const character of text) {
    const at = from.indexOf(character);
    if (at < 0) return null;
    small += to[at];
  }
  return small;
}
