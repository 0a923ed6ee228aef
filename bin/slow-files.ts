/** Files of tests that take more than their part of a run, each with why: the others are split, or made quicker. */
const reasons: Readonly<Record<string, string>> = {
  'e2e/story.test.ts': 'the life of a convention, from its draft to its end, on one service whose clock moves',
  'e2e/main-job.test.ts': 'four organisations work one campaign together, on one running service',
}

/** Forty seconds of a run of ten minutes, on two cores with four files at once. A slow machine slows them all. */
const part = 40 / 2_400
/** Chance alone does not triple a file's part. */
const farBeyond = 3 * part

export interface Slow {
  /** Lines for the end of a run. */
  readonly said: readonly string[]
  /** Whether one is so far beyond its part that the run is red. */
  readonly fails: boolean
}
/**
 * What took more than its part without a reason, and reasons that no file needs. `took` is of a whole run, in ms.
 * `failed`: a file that waited for what did not come says nothing of how long it takes.
 */
export const slowFiles = (
  took: ReadonlyMap<string, number>,
  failed: { readonly has: (file: string) => boolean } = new Set(),
  known = reasons,
): Slow => {
  const whole = [...took].reduce((sum, [file, ms]) => sum + (failed.has(file) ? 0 : ms), 0)
  const slow = [...took].filter(([file, ms]) => ms > part * whole && known[file] === undefined && !failed.has(file))
  const gone = Object.keys(known).filter(file => !took.has(file))
  return {
    said: [
      ...slow.map(([file, ms]) => `⚠ ${file} took ${Math.round(ms / 1000)} s: quicker, split, or its reason told`),
      ...gone.map(file => `✖ ${file} has a reason to be slow, and is not there`),
    ],
    fails: gone.length > 0 || slow.some(([, ms]) => ms > farBeyond * whole),
  }
}
