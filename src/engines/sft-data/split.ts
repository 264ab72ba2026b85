/** Cuts the bytes of a data file into its examples: the lines of JSON Lines, the items of a JSON list. */

export type FileKind = 'lines' | 'list';

/** What is wrong with a file as a whole. */
export type FileProblem = 'utf16' | 'unclosedList' | 'afterList';

export interface RecordSink {
  /**
   * One example: its bytes without the line feed, where they stand in the file, and its number. `bytes`
   * may be a view of the chunk: it is to be read before the call returns.
   */
  record: (bytes: Uint8Array, start: number, end: number, number: number) => void;
  /** One example longer than `MOST_RECORD_BYTES`; its bytes are not kept. */
  tooLong: (start: number, end: number, number: number) => void;
  blank: () => void;
}

export interface Splitter {
  push: (chunk: Uint8Array) => void;
  end: () => { kind: FileKind; problem?: FileProblem };
}

export const MOST_RECORD_BYTES = 32 * 1024 * 1024;

/** White space that may stand before the first sign of a list. */
const MOST_HEAD = 4096;

const LF = 10;
const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];
const BOM = [0xef, 0xbb, 0xbf];

const isSpace = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);

/**
 * A splitter for a file that comes in pieces of any size. A byte order mark is stepped over. A file
 * that begins with `[` is a list, whose items are numbered from 1; else lines are, blank ones too.
 */
export function createSplitter(sink: RecordSink): Splitter {
  const head: number[] = [];
  let cutter: Cutter | undefined;
  let utf16 = false;

  const begin = (): void => {
    let start = 0;
    if (BOM.every((byte, index) => head[index] === byte)) start = BOM.length;
    utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
    const first = head.find((byte, index) => index >= start && !isSpace(byte));
    cutter = first === OPEN_LIST ? createListCutter(sink, start) : createLineCutter(sink, start);
    cutter.push(Uint8Array.from(head.slice(start)));
  };

  return {
    push(chunk) {
      let from = 0;
      while (cutter === undefined && from < chunk.length) {
        const byte = chunk[from]!;
        head.push(byte);
        from += 1;
        if (head.length >= BOM.length && (!isSpace(byte) || head.length === MOST_HEAD)) begin();
      }
      if (from < chunk.length && !utf16) cutter?.push(chunk.subarray(from));
    },
    end() {
      if (cutter === undefined) begin();
      if (utf16) return { kind: 'lines', problem: 'utf16' };
      return cutter!.end();
    },
  };
}

type Cutter = Splitter;

/** Bytes of a record that began in an earlier chunk. */
function createCarry() {
  let pieces: Uint8Array[] = [];
  let length = 0;
  return {
    /** Chunks belong to who reads them, so what outlives its chunk is copied. */
    add(piece: Uint8Array): void {
      length += piece.length;
      if (length <= MOST_RECORD_BYTES) pieces.push(piece.slice());
      else pieces = [];
    },
    /** All of the record, or undefined if it is too long. */
    take(last: Uint8Array): Uint8Array | undefined {
      const whole = length + last.length;
      const held = pieces;
      pieces = [];
      length = 0;
      if (whole > MOST_RECORD_BYTES) return undefined;
      if (held.length === 0) return last;
      const bytes = new Uint8Array(whole);
      let at = 0;
      for (const piece of [...held, last]) {
        bytes.set(piece, at);
        at += piece.length;
      }
      return bytes;
    },
  };
}

function createLineCutter(sink: RecordSink, offset: number): Cutter {
  const carry = createCarry();
  let at = offset;
  let start = offset;
  let line = 0;

  const close = (last: Uint8Array, end: number): void => {
    line += 1;
    const bytes = carry.take(last);
    if (bytes === undefined) sink.tooLong(start, end, line);
    else if (bytes.every(isSpace)) sink.blank();
    else sink.record(bytes, start, end, line);
  };

  return {
    push(chunk) {
      let from = 0;
      for (;;) {
        const found = chunk.indexOf(LF, from);
        if (found < 0) break;
        close(chunk.subarray(from, found), at + found);
        from = found + 1;
        start = at + from;
      }
      if (from < chunk.length) carry.add(chunk.subarray(from));
      at += chunk.length;
    },
    end() {
      if (start < at) close(new Uint8Array(0), at);
      return { kind: 'lines' };
    },
  };
}

function createListCutter(sink: RecordSink, offset: number): Cutter {
  const carry = createCarry();
  let at = offset;
  let state: 'before' | 'between' | 'item' | 'after' = 'before';
  let problem: FileProblem | undefined;
  let item = 0;
  let start = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;

  const close = (last: Uint8Array, end: number): void => {
    item += 1;
    const bytes = carry.take(last);
    if (bytes === undefined) sink.tooLong(start, end, item);
    else sink.record(bytes, start, end, item);
  };

  return {
    push(chunk) {
      let from = 0;
      for (let index = 0; index < chunk.length; index += 1) {
        const byte = chunk[index]!;
        if (state === 'item') {
          if (inString) {
            if (escaped) escaped = false;
            else if (byte === BACKSLASH) escaped = true;
            else if (byte === QUOTE) inString = false;
          } else if (byte === QUOTE) inString = true;
          else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
          else if (depth > 0) {
            if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth -= 1;
          } else if (byte === COMMA || byte === CLOSE_LIST) {
            close(chunk.subarray(from, index), at + index);
            state = byte === COMMA ? 'between' : 'after';
          }
        } else if (isSpace(byte)) {
        } else if (state === 'before') state = 'between';
        else if (state === 'after') problem = 'afterList';
        else if (byte === CLOSE_LIST) state = 'after';
        else {
          state = 'item';
          start = at + index;
          from = index;
          depth = 0;
          inString = byte === QUOTE;
          escaped = false;
          if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth = 1;
          else if (byte === COMMA) {
            close(chunk.subarray(index, index), start);
            state = 'between';
          }
        }
      }
      if (state === 'item') carry.add(chunk.subarray(from));
      at += chunk.length;
    },
    end() {
      if (state === 'item') close(new Uint8Array(0), at);
      if (state !== 'after') problem = 'unclosedList';
      return { kind: 'list', problem };
    },
  };
}
