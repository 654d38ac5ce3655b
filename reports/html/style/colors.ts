/** Colours by what they mean. Contrast of text is at least 4.5:1 on both grounds (axe looks at it in a browser). */
export const colors = `
:root {
  color-scheme: light dark;
  --ground: #fff; --raised: #f6f8fa; --text: #1f2328; --muted: #59636e; --line: #d1d9e0; --link: #0550ae;
  --pass: #116329; --pass-ground: #e6f6ea; --fail: #b31d28; --fail-ground: #ffebe9; --fail-solid: #cf222e;
  --warn: #7a4f00; --warn-ground: #fff5d6; --open: #5a3fa8; --open-ground: #f1ecff; --on-solid: #fff; --focus: #0969da;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --raised: #161b22; --text: #e6edf3; --muted: #9aa4af; --line: #343b44; --link: #79b8ff;
    --pass: #56d364; --pass-ground: #12261a; --fail: #ff8f87; --fail-ground: #2d1316; --fail-solid: #c9313c;
    --warn: #e3b341; --warn-ground: #2b2111; --open: #c4adff; --open-ground: #211a36; --on-solid: #fff; --focus: #58a6ff;
  }
}`;
