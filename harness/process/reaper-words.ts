/** What a harness that has ended everything itself says last. Without it, it was killed. */
export const releasedWord = 'released';
/** Before the path of a folder that must not outlive the harness. */
export const folderWord = 'folder ';
