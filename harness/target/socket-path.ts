/** sun_path has 108 bytes (unix(7)), and the last one is NUL; 104 where BSD's sockets are. */
export const longestSocketPath = process.platform === 'linux' ? 107 : 103;
