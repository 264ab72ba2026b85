const styles = import.meta.glob<string>('./*/lab.css', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** Address of a lab's own styles. */
export function labStyle(lab: string): string | undefined {
  return styles[`./${lab}/lab.css`];
}
