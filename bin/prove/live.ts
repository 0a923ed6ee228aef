/**
 * Started by `npm run prove`: opens each file of tests once, and tries every mutant it is sent on the open databases.
 * A test counts when it is green without a mutant, red with it, and green again after.
 */
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import pg from 'pg'
import type { Recorded } from './recorder.ts'

export interface LiveMutant {
  readonly name: string
  readonly statement: string
  readonly undo: string
  /** Files, and tests of them, the likeliest first. */
  readonly order: readonly { readonly file: string; readonly titles?: string }[]
}
export interface LiveAnswer {
  readonly name: string
  readonly killer?: { readonly file: string; readonly title: string }
}

const recorderUrl = new URL('./recorder.ts', import.meta.url).href
registerHooks({
  resolve: (asked, context, next) =>
    asked === 'node:test' && context.parentURL !== recorderUrl
      ? { url: recorderUrl, shortCircuit: true }
      : next(asked, context),
})
const { recorded } = (await import('./recorder.ts')) as typeof import('./recorder.ts')
const { opened } = await import('../../server/testing/database.ts')

const own = /(fails?|… and) when a clause/
const boundMs = 180_000
const within = async (work: () => unknown): Promise<'green' | 'red'> => {
  const timer = setTimeout(() => process.exit(3), boundMs) // what hangs says nothing: this process is started again
  try {
    await work()
    return 'green'
  } catch {
    return 'red'
  } finally {
    clearTimeout(timer)
  }
}

interface Live {
  readonly file: string
  readonly title: string
  readonly work: () => unknown
  readonly owners: readonly pg.Client[]
  /** How long it took without a mutant, once it was seen green; what was red is not asked again. */
  ms?: number
  spoiled?: boolean
}
const open = async (file: string): Promise<Live[]> => {
  const before = new Set(opened)
  const found: Recorded = recorded()
  await import(pathToFileURL(file).href)
  if (
    (await within(async () => {
      for (const work of found.before) await work()
    })) === 'red'
  )
    return []
  const owners: pg.Client[] = []
  for (const database of [...opened].filter(one => !before.has(one))) {
    const owner = new pg.Client(database.ownerUrl)
    owner.on('error', () => {})
    await owner.connect()
    owners.push(owner)
  }
  const tests = found.tests.filter(({ title }) => !own.test(title))
  return owners.length > 0 ? tests.map(one => ({ file, ...one, owners })) : []
}

const files = new Map<string, Promise<Live[]>>()
const testsIn = (file: string): Promise<Live[]> => {
  if (!files.has(file))
    files.set(
      file,
      open(file).catch(() => []),
    )
  return files.get(file)!
}
const put = async (owners: Iterable<pg.Client>, text: string) => {
  for (const owner of owners) await owner.query(text)
}

const tryOne = async ({ name, statement, undo, order }: LiveMutant): Promise<LiveAnswer> => {
  const tried = new Set<Live>()
  const changed = new Set<pg.Client>()
  const red = async (one: Live): Promise<boolean> => {
    const more = one.owners.filter(owner => !changed.has(owner))
    await put(more, statement)
    for (const owner of more) changed.add(owner)
    return (await within(one.work)) === 'red'
  }
  const back = async () => {
    await put(changed, undo)
    changed.clear()
  }
  const greenWithout = async (one: Live): Promise<boolean> => {
    await back()
    const begun = performance.now()
    one.spoiled = (await within(one.work)) === 'red'
    one.ms ??= performance.now() - begun
    return !one.spoiled
  }
  for (const { file, titles } of order) {
    if (!files.has(file)) await back() // a file is opened without it
    const asked = (await testsIn(file)).filter(one => !titles || new RegExp(titles).test(one.title))
    for (const one of asked) {
      if (tried.has(one) || one.spoiled) continue
      tried.add(one)
      if (one.ms === undefined && !(await greenWithout(one))) continue
      if ((await red(one)) && (await greenWithout(one))) return { name, killer: { file, title: one.title } }
    }
  }
  await back()
  return { name }
}

const root = fileURLToPath(new URL('../..', import.meta.url))
process.chdir(root)
// One that cannot be made is said so by the slow way.
process.on('message', async (mutant: LiveMutant) =>
  process.send!(await tryOne(mutant).catch((): LiveAnswer => ({ name: mutant.name }))),
)
process.on('disconnect', () => process.exit())
process.send!({ name: '' })
