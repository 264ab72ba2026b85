/** Brings a stylesheet; done when it applies. */
export function styled(href: string): Promise<void> {
  return new Promise((done, fail) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    link.onload = () => done();
    link.onerror = () => {
      link.remove();
      fail(new Error(`could not load ${href}`));
    };
    document.head.append(link);
  });
}
