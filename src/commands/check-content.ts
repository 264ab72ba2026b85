/** Prints one line for each mistake in content/ and exits 1 if there is any. */
import { checkContent, loadCode } from '../content-check/checkContent.ts';
import { problemLine } from '../content-check/problem.ts';

const root = process.cwd();
const problems = checkContent(root, await loadCode(root));
for (const problem of problems) console.error(problemLine(problem));
if (problems.length > 0) {
  console.error(`content: ${problems.length} to mend`);
  process.exit(1);
}
console.log('content: every file fits');
