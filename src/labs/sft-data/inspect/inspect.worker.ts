import {
  comparedText,
  createCleaner,
  createInspector,
  type FileKind,
  type Inspection,
  type InspectionSettings,
  maskPii,
  type Part,
  type RecordMap,
  read,
} from '~/engines/sft-data/index.ts';

export type InspectAsk =
  | { readonly inspect: InspectionSettings; readonly file: File }
  | {
      readonly clean: number;
      readonly file: File;
      readonly map: RecordMap;
      readonly kind: FileKind;
    };

export type InspectAnswer =
  /** Bytes read, or the share of the comparing that is done. */
  | { readonly read: number }
  | { readonly compared: number }
  | {
      readonly inspection: Inspection;
      readonly map: RecordMap;
      /** Beginnings of the first near-duplicates and of what they resemble. */
      readonly pairs: readonly (readonly [string, string])[];
    }
  | { readonly cleaned: Blob }
  | { readonly failed: 'unreadable' | 'memory' };

/** Near-duplicates whose texts are shown, and how much of each. */
const SHOWN_PAIRS = 10;
const SHOWN_TEXT = 140;
const TELL_MS = 100;

addEventListener('message', async ({ data }: MessageEvent<InspectAsk>) => {
  try {
    if ('inspect' in data) await inspect(data.file, data.inspect);
    else await clean(data);
  } catch (error) {
    // What the file's reader refuses is a DOMException; arrays that find no room are a RangeError.
    tell({ failed: error instanceof RangeError ? 'memory' : 'unreadable' });
  }
});

async function inspect(file: File, settings: InspectionSettings): Promise<void> {
  const inspector = createInspector(settings);
  let bytes = 0;
  let told = 0;
  const now = (message: InspectAnswer): void => {
    if (performance.now() - told < TELL_MS) return;
    told = performance.now();
    tell(message);
  };
  await eachChunk(file, (chunk) => {
    inspector.push(chunk);
    bytes += chunk.length;
    now({ read: bytes });
  });
  tell({ read: bytes });
  const { inspection, map } = inspector.finish((share) => now({ compared: share }));
  const pairs: [string, string][] = [];
  for (const { number, of } of inspection.near.first.slice(0, SHOWN_PAIRS)) {
    pairs.push([
      await beginning(file, map, number, settings.part),
      await beginning(file, map, of, settings.part),
    ]);
  }
  tell({ inspection, map, pairs });
}

async function clean({
  file,
  map,
  kind,
  clean: removed,
}: Extract<InspectAsk, { clean: number }>): Promise<void> {
  const cleaner = createCleaner(map, kind, removed);
  // The browser may put a Blob on its disk, which it cannot do with an array.
  const parts: Blob[] = [];
  await eachChunk(file, (chunk) => {
    parts.push(new Blob(cleaner.push(chunk) as Uint8Array<ArrayBuffer>[]));
  });
  parts.push(new Blob(cleaner.end() as Uint8Array<ArrayBuffer>[]));
  tell({ cleaned: new Blob(parts, { type: 'application/octet-stream' }) });
}

async function eachChunk(file: File, take: (chunk: Uint8Array) => void): Promise<void> {
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value);
  }
}

/** How one example begins, on one line, with what looks personal masked. */
async function beginning(file: File, map: RecordMap, number: number, part: Part): Promise<string> {
  const record = map.numbers.indexOf(number);
  const bytes = await file.slice(map.starts[record], map.ends[record]).arrayBuffer();
  const reading = read(new Uint8Array(bytes));
  if (reading.problem) return '';
  const text = comparedText(reading.turns, part)
    .slice(0, 8 * SHOWN_TEXT)
    .replace(/\s+/g, ' ');
  const masked = [...maskPii(text.trim())];
  return masked.length > SHOWN_TEXT ? `${masked.slice(0, SHOWN_TEXT).join('')}…` : masked.join('');
}

function tell(message: InspectAnswer): void {
  postMessage(message);
}
