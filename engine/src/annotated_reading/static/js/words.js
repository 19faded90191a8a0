// The words of the scripts in the language of the book: `say` gives those for a message in English, values in its braces.

const WORDS = /* the build puts them here */ {};
const say = (message, values = {}) =>
  (WORDS[message] ?? message).replace(/\{(\w+)\}/g, (_, name) => values[name]);
globalThis.annotatedReadingSay = say;
