/** In units of the picture, which are pixels at its full width. */
export const width = 1000;
/** Where the lanes' names end, and time begins. */
export const left = 136;
/** Where time ends. Behind it there is room for the words of what happened last. */
export const right = 890;
export const rowHeight = 20;
/** Of a place at which time is cut out. */
export const cutWidth = 26;
