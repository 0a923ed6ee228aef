declare const VERSION: string

/** Written in when the pages are built (bin/build-pages.ts). */
export const version = VERSION
