/** Where the project is kept, for "report an error". A fork sets REPOSITORY_URL when it builds. */
const REPOSITORY =
  process.env['REPOSITORY_URL'] ?? 'https://github.com/llm-interview-lab/llm-interview-lab';

/** Opens a new issue that names the page. */
export function reportUrl(pathname: string): string {
  const issue = new URLSearchParams({ title: `Error on ${pathname}` });
  return `${REPOSITORY}/issues/new?${issue}`;
}
