declare module 'subset-font' {
  /** The font cut to the glyphs of `text`; drops hinting and whole tables, and fixes axes, when asked to. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options?: {
      targetFormat?: 'sfnt' | 'woff' | 'woff2';
      noHinting?: boolean;
      dropTables?: string[];
      variationAxes?: Record<string, number>;
    },
  ): Promise<Buffer>;
}
