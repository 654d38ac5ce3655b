import type { VNode } from 'preact';

/** Where a demand comes from. A public issue or an RFC can be followed; the page itself loads nothing. */
export function Sources({ sources }: { sources: readonly string[] }): VNode {
  return (
    <>
      {sources.map((source, index) => {
        const address = addressOf(source);
        const text = address === undefined ? source : <a href={address}>{source}</a>;
        return index === 0 ? text : <>; {text}</>;
      })}
    </>
  );
}

function addressOf(source: string): string | undefined {
  const issue = /^([\w.-]+\/[\w.-]+)#(\d+)$/.exec(source);
  if (issue) return `https://github.com/${issue[1]}/issues/${issue[2]}`;
  const rfc = /^RFC (\d+)(?: §([\d.]+))?/.exec(source);
  if (rfc)
    return `https://www.rfc-editor.org/rfc/rfc${rfc[1]}${rfc[2] ? `#section-${rfc[2].replace(/\.$/, '')}` : ''}`;
  return undefined;
}
