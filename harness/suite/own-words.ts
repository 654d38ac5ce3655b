/** How the remark on suites of one's own begins: whoever judges again puts another in its place. */
export const ownWords = 'Beside the built-in ones, ';
