/**
 * Stands for `node:test` where tests are run again and again in one process: what a file registers is kept, and run
 * by `live.ts`.
 */
export { mock } from 'node:test'

type Work = () => unknown
export interface Recorded {
  readonly before: Work[]
  readonly beforeEach: Work[]
  readonly afterEach: Work[]
  readonly tests: { readonly title: string; readonly work: Work }[]
}
const none = (): Recorded => ({ before: [], beforeEach: [], afterEach: [], tests: [] })
let current = none()
/** What the file imported next will register. */
export const recorded = (): Recorded => {
  current = none()
  return current
}

export const before = (work: Work) => void current.before.push(work)
export const beforeEach = (work: Work) => void current.beforeEach.push(work)
export const afterEach = (work: Work) => void current.afterEach.push(work)
/** The databases go with the process. */
export const after = () => {}
/** One that asks for its context is left to node's own runner. */
export const test = (title: string, ...rest: unknown[]) => {
  const work = rest.at(-1) as Work
  const { beforeEach, afterEach, tests } = current
  const whole = async () => {
    try {
      for (const one of [...beforeEach, work]) await one()
    } finally {
      for (const one of afterEach) await one()
    }
  }
  if (rest.length === 1 && work.length === 0) tests.push({ title, work: whole })
}
