import type { ComponentChildren, VNode } from 'preact';
import { requirementAnchor, runAnchor } from './anchors.js';
import { clipped } from './clipped.js';
import { type Kind, kindWords } from './view.js';

/** The outcome as a word; the style puts its symbol before it, and never a colour alone. */
export function Mark({ kind }: { kind: Kind }): VNode {
  return <b class={`mark ${kind}`}>{kindWords[kind]}</b>;
}

/** Names and values. What has no value is left out. */
export function Facts({ children }: { children: ComponentChildren }): VNode {
  return <dl class="facts">{children}</dl>;
}

export function Fact({ name, kind, children }: { name: string; kind?: string; children: ComponentChildren }) {
  if (children === undefined || children === null || children === '') return null;
  return (
    <div class={kind}>
      <dt>{name}</dt>
      <dd>{typeof children === 'string' ? clipped(children) : children}</dd>
    </div>
  );
}

export function RunLink({ id }: { id: string }): VNode {
  return <a href={`#${runAnchor(id)}`}>{clipped(id, 200)}</a>;
}

export function RequirementLink({ id }: { id: string }): VNode {
  return <a href={`#${requirementAnchor(id)}`}>{clipped(id, 200)}</a>;
}

/** Items with commas between them, as many as fit into a paragraph. */
export function Listed({ items, limit = 60 }: { items: readonly VNode[]; limit?: number }): VNode {
  const shown = items.slice(0, items.length <= limit + 1 ? undefined : limit);
  return (
    <>
      {shown.flatMap((item, index) => (index === 0 ? [item] : [', ', item]))}
      {shown.length < items.length && ` and ${items.length - shown.length} more`}
    </>
  );
}
