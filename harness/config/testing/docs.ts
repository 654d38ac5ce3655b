import { readFileSync } from 'node:fs';
import ts from 'typescript';

export interface PropertyDoc {
  readonly description: string;
  /** Where its type lists words: these. */
  readonly words?: readonly string[];
}

/** The docstrings of the interfaces of a file: they are the only place at which options are described. */
export function docsOf(file: URL): Readonly<Record<string, Record<string, PropertyDoc>>> {
  const source = ts.createSourceFile(file.pathname, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  return Object.fromEntries(
    source.statements
      .filter(ts.isInterfaceDeclaration)
      .map((one) => [
        one.name.text,
        Object.fromEntries(one.members.filter(ts.isPropertySignature).map((member) => docOf(member, source))),
      ]),
  );
}

function docOf(member: ts.PropertySignature, source: ts.SourceFile): [string, PropertyDoc] {
  const [doc] = ts.getJSDocCommentsAndTags(member);
  const text = doc === undefined || !ts.isJSDoc(doc) ? '' : (ts.getTextOfJSDocComment(doc.comment) ?? '');
  const words = wordsOf(member.type);
  const description = text.replaceAll(/\s+/g, ' ').trim();
  return [member.name.getText(source), { description, ...(words === undefined ? {} : { words }) }];
}

/** `'s' | 'ms' | undefined` lists two words. */
function wordsOf(type: ts.TypeNode | undefined): string[] | undefined {
  if (type === undefined) return undefined;
  const parts = ts.isUnionTypeNode(type) ? [...type.types] : [type];
  const given = parts.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
  const words = given.flatMap((part) =>
    ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? [part.literal.text] : [],
  );
  return words.length === given.length && words.length > 0 ? words : undefined;
}
