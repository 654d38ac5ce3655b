/** In units of the picture, which are pixels at its full width. */
export const width = 1000;
/** Where the lanes' names end, and time begins. */
export const left = 136;
export const right = 990;
export const rowHeight = 20;
/** Of a place at which time is cut out. */
export const cutWidth = 26;
