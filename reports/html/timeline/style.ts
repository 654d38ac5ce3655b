/** CSS of the pictures. A placeholder. */
export const timelineStyle = '';
