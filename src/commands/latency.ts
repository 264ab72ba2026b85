/** How long a page's script keeps a reader waiting who drags, steps and types. */
import type { Browser, ElementHandle, Page } from '@playwright/test';

export interface Interactions {
  /** The slider whose steps ran the most script, and the ms on the processor's own clock that one step in ten exceeds. */
  drag: { control: string; ms: number };
  /** Longest wait from an input until its next paint, with a processor four times slower. */
  inp: { control: string; ms: number };
}

/** Script per step of a drag, and from an input until it is painted. */
export const DRAG_MS = 16;
export const INPUT_MS = 200;
const TRIES = 3;
const STEPS = 30;
/** A phone against the machine that measures. */
export const SLOWER = 4;
const RANGES = 'input[type=range]';
const FIELDS = 'input[type=text], input[type=search], textarea';

/** Works every slider, the first buttons of every player and the first fields of the lab at `url`. */
export async function measureLab(browser: Browser, url: string): Promise<Interactions> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(180_000);
  await page.goto(url);
  await page.locator('.lab[data-awake]').first().waitFor();
  const drag = { control: '', ms: 0 };
  for (const slider of await visible(page, RANGES)) {
    // What an earlier slider's end took away has nothing to be dragged.
    if (!(await slider.isVisible())) continue;
    await slider.scrollIntoViewIfNeeded();
    const ms = await calmest(DRAG_MS, async () =>
      slowStep(await traced(browser, page, ['devtools.timeline'], () => dragAlong(page, slider))),
    );
    if (ms > drag.ms) Object.assign(drag, { ms, control: await nameOf(slider) });
  }
  const client = await context.newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const inp = { control: '', ms: 0 };
  const watched = async (control: Control, act: () => Promise<void>): Promise<void> => {
    if (!(await control.isVisible())) return;
    const name = await nameOf(control);
    const ms = await calmest(INPUT_MS, async () => {
      await page.evaluate(watchEvents);
      await act();
      return await page.evaluate(longestEvent);
    });
    if (ms > inp.ms) Object.assign(inp, { ms, control: name });
  };
  for (const slider of await visible(page, RANGES)) {
    await watched(slider, async () => {
      await slider.focus();
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await pressed(page, key);
    });
  }
  for (const field of await visible(page, FIELDS)) {
    await watched(field, async () => {
      await field.focus();
      for (const key of ['End', 'Backspace', '1', 'Backspace', '2']) await pressed(page, key);
    });
  }
  for (const button of await visible(page, '.lab-player button:enabled')) {
    await watched(button, async () => {
      // A player at its end has nothing to step to.
      if (await button.isEnabled()) await button.click();
      await painted(page);
    });
  }
  await context.close();
  return { drag, inp };
}

/** Held by the element itself: its place among the others changes while the lab is worked. */
type Control = ElementHandle<HTMLElement | SVGElement>;

/** Measured again while it is over: what other work on the machine adds is left out, what the lab does is not. */
export async function calmest(limit: number, measure: () => Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < TRIES && least > limit; time++)
    least = Math.min(least, await measure());
  return least;
}

async function visible(page: Page, selector: string): Promise<Control[]> {
  const all = await page.$$(`.lab :is(${selector})`);
  const shown = await Promise.all(all.map((one) => one.isVisible()));
  return all.filter((_, index) => shown[index]);
}

const nameOf = (control: Control): Promise<string> =>
  control.evaluate((element) => {
    const { labels, ariaLabel, textContent } = element as HTMLInputElement;
    return (ariaLabel ?? labels?.[0]?.textContent ?? textContent ?? '').trim().slice(0, 40);
  });

async function dragAlong(page: Page, slider: Control): Promise<void> {
  const box = await slider.boundingBox();
  if (!box) return;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 2, y);
  await page.mouse.down();
  for (let step = 1; step <= STEPS; step++) {
    await page.mouse.move(box.x + 2 + ((box.width - 4) * step) / STEPS, y);
    await painted(page);
  }
  await page.mouse.up();
}

async function pressed(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await painted(page);
}

const painted = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

interface Trace {
  traceEvents: {
    name: string;
    ph: string;
    pid: number;
    tid: number;
    ts: number;
    dur?: number;
    tdur?: number;
    args: { name?: string; data?: { type?: string } };
  }[];
}

async function traced(
  browser: Browser,
  page: Page,
  categories: string[],
  act: () => Promise<void>,
): Promise<Trace> {
  await browser.startTracing(page, { categories });
  await act();
  return JSON.parse(String(await browser.stopTracing())) as Trace;
}

/** What a page does without a pause while `act` runs, in ms on the thread's clock. */
export async function longestTask(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
): Promise<number> {
  const { traceEvents } = await traced(browser, page, ['toplevel', 'devtools.timeline'], act);
  const pages = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name.endsWith('RunTask') && pages.has(`${pid} ${tid}`),
  );
  return Math.max(0, ...tasks.map(({ dur = 0, tdur = dur }) => tdur / 1000));
}

const SCRIPT = new Set([
  'EventDispatch',
  'FunctionCall',
  'EvaluateScript',
  'RunMicrotasks',
  'TimerFire',
  'FireAnimationFrame',
  'FireIdleCallback',
]);

/**
 * Script between one move of the pointer and the next, in ms on the thread's clock: other processes do not
 * count. One step in ten takes longer, among them the first, which the browser has not compiled yet.
 */
function slowStep({ traceEvents }: Trace): number {
  const moves = traceEvents.filter(
    ({ name, args }) => name === 'EventDispatch' && args.data?.type === 'pointermove',
  );
  const thread = moves[0];
  if (!thread) return 0;
  const script = traceEvents
    .filter(
      ({ name, ph, pid, tid }) =>
        ph === 'X' && SCRIPT.has(name) && pid === thread.pid && tid === thread.tid,
    )
    .sort((a, b) => a.ts - b.ts);
  const starts = moves.map(({ ts }) => ts).sort((a, b) => a - b);
  const spent = starts.map(() => 0);
  let end = 0;
  let step = 0;
  for (const { ts, dur = 0, tdur = dur } of script) {
    if (ts < end || ts < starts[0]!) continue;
    end = ts + dur;
    while (step + 1 < starts.length && starts[step + 1]! <= ts) step++;
    spent[step]! += tdur / 1000;
  }
  return spent.sort((a, b) => a - b)[Math.floor(0.9 * spent.length)] ?? 0;
}

interface Watched {
  events?: PerformanceObserver;
  longest?: number;
}

function watchEvents(): void {
  const here = globalThis as Watched;
  here.events?.disconnect();
  here.longest = 0;
  here.events = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      here.longest = Math.max(here.longest ?? 0, duration);
  });
  here.events.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}

/** Entries come with the paint that ends them, some time later. */
async function longestEvent(): Promise<number> {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
  return (globalThis as Watched).longest ?? 0;
}
