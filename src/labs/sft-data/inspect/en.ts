import type { ShingleUnit } from '~/engines/dedup/index.ts';
import type {
  EmptyProblem,
  FileProblem,
  Finding,
  Format,
  Part,
  PiiRule,
  RoleProblem,
  SchemaProblemCode,
} from '~/engines/sft-data/index.ts';

export const words = {
  // Intake
  choose: 'Choose a file',
  drop: 'or drop one here',
  sample: 'Show the sample again',
  sampleIs: (records: string) =>
    `This is a built-in sample of ${records} examples, made up to have something of everything.`,
  sampleName: 'sample',
  tooLarge: (size: string) => `The file has ${size}; at most 100 MB can be read here.`,
  notOne: 'Please drop one file.',
  reading: (name: string) => `Reading ${name}`,
  readOf: (read: string, all: string) => `${read} of ${all}`,
  comparing: 'Comparing candidates',
  cancel: 'Cancel',
  cancelled: 'Canceled. What follows is the report from before.',
  unreadable: (name: string) =>
    `${name} could not be read. It may be a folder, or have changed or moved since it was chosen.`,
  memory: (name: string) =>
    `${name} does not fit in this tab’s memory. Try words instead of characters, or fewer bands.`,
  outdated: 'The settings have changed since this report was made.',
  again: 'Inspect again',
  // Verdict
  verdict: (name: string, records: string, clean: string) =>
    `${name}: ${records} examples, ${clean} without a finding.`,
  nothing: (name: string) => `${name}: no example found.`,
  facts: (size: string, blank: number, formats: string) =>
    `${size}; ${formats || 'no known format'}${blank > 0 ? `; ${blank} blank ${blank === 1 ? 'line' : 'lines'}` : ''}.`,
  formatCount: (format: string, count: string) => `${format} ${count}`,
  formats: {
    messages: 'OpenAI messages',
    sharegpt: 'ShareGPT',
    alpaca: 'Alpaca',
    completion: 'prompt–completion',
  } satisfies Record<Format, string>,
  mixed: 'The file mixes formats. Trainers expect one for a whole file.',
  spread:
    'Most lines are no JSON by themselves. If one JSON value is spread over many lines, write it on one, or put all values into one list.',
  fileProblems: {
    utf16: 'The file is in UTF-16. Save it as UTF-8.',
    unclosedList: 'The list is never closed: the end of the file is missing.',
    afterList: 'Something stands after the end of the list. It was not read.',
  } satisfies Record<FileProblem, string>,
  // Findings
  findingsTitle: 'Findings',
  findingsHint: 'What is ticked leaves the cleaned file. An example can have several findings.',
  findings: {
    schema: 'Not readable as an example',
    empty: 'Empty turn',
    roles: 'Order of roles',
    exact: 'Copy of an earlier example',
    near: 'Near-duplicate',
    overlap: 'Overlaps an evaluation item',
    pii: 'Personal data or a key',
  } satisfies Record<Finding, string>,
  none: 'none',
  notAsked: 'not asked',
  where: 'where',
  first: (shown: number, total: string) => `The first ${shown} of ${total}:`,
  line: (number: number) => `line ${number}`,
  item: (number: number) => `item ${number}`,
  turn: (turn: number) => `turn ${turn}`,
  kinds: (name: string, count: string) => `${name}: ${count}`,
  schema: {
    notJson: 'not JSON',
    notUtf8: 'not UTF-8',
    tooLong: 'longer than 32 MiB',
    notObject: 'not an object',
    unknownFormat: 'no known format',
    preference: 'preference data, not SFT',
    missing: 'key missing',
    wrongType: 'wrong type',
    unknownRole: 'unknown role',
    emptyList: 'empty list',
    badWeight: 'weight is not 0 or 1',
    loneSurrogate: 'half a character',
  } satisfies Record<SchemaProblemCode, string>,
  character: (place: string) => `at character ${place}`,
  found: {
    notObject: (what: string) => `found: ${what}`,
    unknownFormat: (what: string) => `keys: ${what}`,
    preference: (what: string) => `keys: ${what}`,
    missing: (what: string) => `keys there: ${what}`,
    wrongType: (what: string) => `found: ${what}`,
    unknownRole: (what: string) => `“${what}”`,
    badWeight: (what: string) => `found: ${what}`,
  } as Partial<Record<SchemaProblemCode, (what: string) => string>>,
  roles: {
    systemNotFirst: 'system message not first',
    assistantFirst: 'assistant speaks first',
    userTwice: 'two users in a row',
    assistantTwice: 'two assistants in a row',
    toolWithoutCall: 'tool result without a call',
    noAnswer: 'no assistant at all',
    lastNotAssistant: 'does not end with the assistant',
  } satisfies Record<RoleProblem, string>,
  empty: {
    emptyAnswer: 'the assistant says nothing',
    emptyPrompt: 'the user says nothing',
  } satisfies Record<EmptyProblem, string>,
  pii: {
    apiKey: 'API key or private key',
    email: 'email address',
    chineseId: 'Chinese ID number',
    card: 'payment card',
    ipv4: 'public IPv4 address',
    chineseMobile: 'Chinese mobile number',
    phone: 'phone number',
  } satisfies Record<PiiRule, string>,
  piiNote:
    'Seven simple rules; ID and card numbers must pass their check digit. Names and addresses are not looked for.',
  copyOf: (place: string) => `copy of ${place}`,
  like: (place: string, jaccard: string) => `Jaccard ${jaccard} with ${place}`,
  overlapWith: (item: number, share: string) => `${share} of item ${item}`,
  // Download
  stay: (kept: string, gone: string) => `${kept} examples stay, ${gone} go.`,
  verbatim: 'What stays is kept byte for byte, in its order.',
  cleaned: 'Download cleaned file',
  report: 'Report, Markdown',
  reportJson: 'Report, JSON',
  writing: 'Writing…',
  notWritten: 'The file could not be written: it has changed or moved since it was read.',
  // Lengths
  lengthsTitle: 'Lengths',
  lengths: (median: string, p95: string, most: string) =>
    `Half of the examples have at most ${median} characters, 95% at most ${p95}; the longest has ${most}.`,
  lengthsNote:
    'Characters of all turns without the JSON around them. How many tokens that is depends on the tokenizer.',
  lengthsLabel:
    'Examples by number of characters, each bin twice as wide as the one before. The table has the counts.',
  lengthsHead: ['Characters', 'Examples'],
  // Near-duplicates
  nearTitle: 'Which pairs are compared',
  nearLead:
    'MinHash-LSH compares a pair only if one band of hashes agrees; then the exact Jaccard similarity decides.',
  presets: 'Settings in use',
  bandings: { datatrove: 'datatrove, FineWeb: 14 × 8', curator: 'NeMo Curator: 20 × 13' },
  lee: 'Lee et al.: 450 × 20',
  yours: (b: number, r: number) => `${b} × ${r}`,
  b: 'Bands b',
  r: 'Hashes in a band r',
  most: (hashes: number, r: number) => `at most ${hashes} hashes in all: here up to ${r}`,
  threshold: 'Near-duplicate from a Jaccard similarity of',
  from: (s: string) => `near-duplicate from ${s}`,
  unit: 'Shingles',
  units: { word3: '3 words', char5: '5 characters' } satisfies Record<ShingleUnit, string>,
  part: 'What is compared',
  parts: { example: 'prompt and answer', prompt: 'prompt only' } satisfies Record<Part, string>,
  partNote: 'System messages are left out: one shared by all would make all alike.',
  chance: (s: string) => `A pair at ${s} is compared with probability`,
  compared: (compared: string, reached: string) =>
    `Compared here: ${compared} pairs, of which ${reached} are near-duplicates.`,
  tooShort: (count: string) =>
    `${count} examples have no shingle and were only checked for exact copies.`,
  limited: (count: string) =>
    `For ${count} examples comparing stopped after 200 unlike candidates.`,
  curveLabel: (b: number, r: number) =>
    `Probability that a pair is compared against its Jaccard similarity, for ${b} bands of ${r} hashes. The table has the numbers.`,
  axisX: 'Jaccard similarity of a pair',
  axisY: 'probability of being compared',
  pairsBar: 'pairs compared in this file',
  curveCaption: 'Probability of being compared',
  curveHead: ['Similarity', 'Yours', '14 × 8', '20 × 13', '450 × 20', 'Pairs in this file'],
  pairsTitle: 'Near-duplicates side by side',
  // Overlap
  overlapTitle: 'Overlap with an evaluation set',
  evaluation: 'Evaluation items, one a line',
  overlapPresets: {
    tulu: 'Tülu 3: runs of 8, over half of the item',
    gpt3: 'Evaluation harness: any run of 13',
  },
  n: 'Words in a run n',
  coverage: 'Share of the item to be exceeded',
  overlapNote:
    'Letters and digits are words, whatever stands between them does not count; each Han character is a word.',
  overlapVerdict: (matched: string, items: string, share: string, records: string) =>
    `${matched} of ${items} items are matched (${share}), by ${records} examples.`,
  tulu: 'Tülu 3 calls a training set contaminated when it matches more than 2% of an evaluation.',
  itemsTooShort: (count: string) => `${count} items have fewer than n words and cannot be matched.`,
  noItems: 'No items, nothing to compare with.',
  tooManyItems: 'More than 5 MB of items were pasted; these were left as they were.',
  // Predict
  question:
    'A 100-word benchmark question is copied into the training data, and every tenth word is changed. Which rule finds it?',
  options: {
    eight: '8 words, over half',
    thirteen: 'any 13 words',
    both: 'both',
    neither: 'neither',
  },
  why: (eight: string) =>
    `No run of 13 words survives: the longest untouched one has 9. Runs of 8 do, and together they cover ${eight} of the question.`,
  // Kept
  keptTitle: 'What is kept in memory',
  kept: 'For each example: where it stands in the file, what was found, a 53-bit hash, its length, its shingles as 32-bit numbers (4 bytes a word, or a character) and one number for each band. No text is kept; the cleaned file is read from yours once more.',
  // Report
  md: {
    title: (name: string) => `Inspection of ${name}`,
    finding: 'Finding',
    examples: 'Examples',
    settings: 'Settings',
    nearSettings: (b: number, r: number, unit: string, threshold: string) =>
      `${b} bands of ${r} hashes, shingles of ${unit}, threshold ${threshold}`,
    overlapSettings: (n: number, coverage: string) =>
      `runs of ${n} words, more than ${coverage} of an item`,
    removed: 'Left out of the cleaned file',
  },
};

export type Words = typeof words;
