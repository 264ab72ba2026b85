/** Where the project is kept, for "report an error". A fork sets REPOSITORY_URL when it builds. */
const REPOSITORY =
  process.env['REPOSITORY_URL'] ?? 'https://github.com/llm-interview-lab/llm-interview-lab';

/** The form for a wrong claim, .github/ISSUE_TEMPLATE/wrong.yml, with the page's address filled in. */
export function reportUrl(pathname: string): string {
  const page = new URL(pathname, import.meta.env.SITE).href;
  const issue = new URLSearchParams({ template: 'wrong.yml', title: `Wrong: ${pathname}`, page });
  return `${REPOSITORY}/issues/new?${issue}`;
}
