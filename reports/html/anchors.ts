/** Places of the page. They follow from ids that are stable: a link to a case still leads there in tomorrow's report. */
export const caseAnchor = (verdictId: string): string => slug(verdictId);
export const runAnchor = (runId: string): string => `run/${slug(runId)}`;
export const notApplicableAnchor = (runId: string): string => `n-a/${slug(runId)}`;
export const requirementAnchor = (id: string): string => `requirement/${slug(id)}`;

// What may stand in a fragment as it is; an id that a target made long is not repeated in every link.
function slug(id: string): string {
  return id.replace(/[^\w.+/@-]+/g, '~').slice(0, 200);
}
