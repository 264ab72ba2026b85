/** One page of each kind, without language. */
export const PAGE_KINDS = {
  home: '',
  topic: 'topics/mixed-precision/',
  questions: 'questions/',
  'open question': 'questions/deepspeed/what-each-stage-shards/',
  'choice question': 'questions/deepspeed/deepspeeds-own/',
  'numeric question': 'questions/deepspeed/zero-bytes-per-gpu/',
  labs: 'labs/',
  'ZeRO lab': 'labs/zero/',
  'pipeline lab': 'labs/pipeline/',
  'collectives lab': 'labs/collectives/',
  'SFT data lab': 'labs/sft-data/',
  'model atlas': 'labs/models/',
  'loss-scaling lab': 'labs/loss-scaling/',
  quiz: 'quiz/',
  progress: 'progress/',
  'question sheet': 'quiz/sheet/deepspeed/',
  'cheat sheet': 'quiz/cheat-sheet/',
  glossary: 'glossary/',
  references: 'references/',
  corrections: 'corrections/',
  models: 'models/',
  about: 'about/',
  search: 'search/?q=ZeRO',
  'not found': '404.html',
} as const;

export const LANGUAGES = ['', 'zh/'] as const;
