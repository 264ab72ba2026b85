import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { launch } from 'puppeteer-core';
import { Builder, By, Capabilities } from 'selenium-webdriver';
import { findFirefox, findWebKit } from '../../src/commands/engines.mjs';

/** What the journeys need of a browser, whatever drives it. Scripts are expressions, read in the page. */
export interface Browser {
  open(url: string): Promise<void>;
  evaluate<T>(expression: string): Promise<T>;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  /** A key, sent to what has the focus. */
  press(key: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}

/** Waits until an expression is true of the page. */
export async function until(browser: Browser, expression: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await browser.evaluate<boolean>(`Boolean(${expression})`))) {
    if (Date.now() > end) throw new Error(`not so after 20 s: ${expression}`);
    await pause(50);
  }
}

/** Engines besides Chromium; `prepare.mjs --browsers` installs them. */
export const ENGINES = { Firefox: startFirefox, WebKit: startWebKit };

/** Over WebDriver BiDi, which Firefox speaks by itself. */
async function startFirefox(): Promise<Browser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: findFirefox() as string,
    headless: true,
    timeout: 120_000,
  });
  const page = await browser.newPage();
  return {
    open: async (url) => void (await page.goto(url)),
    evaluate: <T>(expression: string) => page.evaluate(expression) as Promise<T>,
    click: (selector) => page.click(selector),
    type: (selector, text) => page.type(selector, text),
    press: (key) => page.keyboard.press((key === 'Space' ? ' ' : key) as 'Enter'),
    resize: (width, height) => page.setViewport({ width, height }),
    close: () => browser.close(),
  };
}

const KEYS: Readonly<Record<string, string>> = {
  Enter: '\uE007',
  Space: ' ',
  Escape: '\uE00C',
  Tab: '\uE004',
};

/** WebKitGTK's own browser over its WebDriver, on a screen that is not there. */
async function startWebKit(): Promise<Browser> {
  const port = 4324;
  const webkit = findWebKit();
  if (!webkit) throw new Error('no WebKit: run node src/commands/prepare.mjs --browsers');
  const server = spawn('xvfb-run', ['-a', webkit.driver, `--port=${port}`], {
    // Its sandbox needs rights that a container does not give.
    env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
    stdio: 'ignore',
    detached: true,
  });
  try {
    await answers(`http://localhost:${port}/status`);
    const driver = await new Builder()
      .usingServer(`http://localhost:${port}`)
      .withCapabilities(
        new Capabilities({
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary: webkit.browser, args: ['--automation'] },
        }),
      )
      .build();
    const find = (selector: string) => driver.findElement(By.css(selector));
    return {
      open: (url) => driver.get(url),
      evaluate: <T>(expression: string) =>
        driver.executeScript(`return (${expression})`) as Promise<T>,
      click: async (selector) => find(selector).click(),
      type: async (selector, text) => find(selector).sendKeys(text),
      press: async (key) =>
        driver
          .actions()
          .sendKeys(KEYS[key] ?? key)
          .perform(),
      resize: async (width, height) =>
        void (await driver.manage().window().setRect({ width, height })),
      close: async () => {
        await driver.quit();
        end(server);
      },
    };
  } catch (error) {
    end(server);
    throw error;
  }
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await pause(200);
    }
  }
}

/** With what it started: the screen and the browser. */
function end({ pid }: ChildProcess): void {
  if (pid) process.kill(-pid);
}
