/** A CSS selector for elements in which letters are typed: there, single keys are no shortcuts and pasting is their own. */
export const TEXT_FIELD = 'input:not([type="radio"], [type="checkbox"]), textarea, [contenteditable]';
