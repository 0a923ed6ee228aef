import { sql } from 'kysely'
import { tellPerson } from '../../notifications/tell.ts'
import { isLockTimeout } from '../../platform/database.ts'
import { type JobsOf, jobInSteps, type Steps, type Work } from '../../platform/job.ts'
import { parisDay } from '../../platform/time.ts'
import { hiresAsked } from './hires-rules.ts'
import {
  beginRun,
  type DueWatch,
  endRun,
  enterWatch,
  holdWatcher,
  type Kept,
  keepReading,
  openedView,
  passWatcher,
  purgeWatches,
  stopWatch,
  tellHiresAsked,
  watchersDue,
  watchesDue,
} from './readings.queries.ts'
import { linesOf, notToContactAmong } from './view-lines.queries.ts'
import { mostLines, readAgain } from './watch-rules.ts'
import { type StopReason, viewNewsMail } from './watched-views.mails.ts'

type Outcome = { readonly kept: Kept } | { readonly stop: StopReason } | 'later'

/** Under the rights that the person has now. Who can open nothing at all for now is not stopped: their turn passes. */
const readWatch = async ({ db, now }: Work, watch: DueWatch): Promise<Outcome> => {
  if (watch.viewId === null) return { stop: 'removed' }
  const lists = await enterWatch(db, watch.id)
  if (!lists) return 'later'
  const view = await openedView(db, watch.viewId)
  if (!view || !lists.includes(view.list)) return { stop: 'out-of-reach' }
  const today = parisDay(now)
  const byHires = hiresAsked(view, today)
  if (byHires) await tellHiresAsked(db, watch.id, byHires, now)
  const lines = await linesOf(db, view, { now, today }, mostLines + 1)
  if (lines.length > mostLines) return { stop: 'too-many' }
  const { id, seen, viewVersion } = watch
  const notToContact = await notToContactAmong(db, lines, today)
  const read = readAgain({ version: viewVersion, lines: seen }, { version: view.version, lines }, notToContact)
  return { kept: { id, name: view.name, version: view.version, ...read } }
}

/** A view too slow to read this morning leaves the others of the person their turn. */
const readInTime = async (work: Work, watch: DueWatch): Promise<Outcome> => {
  const { db } = work
  await db.run(sql`savepoint reading`)
  try {
    const outcome = await readWatch(work, watch)
    await db.run(sql`release savepoint reading`)
    return outcome
  } catch (error) {
    if (!isLockTimeout(error)) throw error
    await db.run(sql`rollback to savepoint reading`)
    return 'later'
  }
}

/**
 * The views of one person, and one mail for all that is new, in one transaction: killed, nothing was read and nobody
 * written to. What is written comes last, so that who stops a view never waits for the readings.
 */
export const tellWatcher =
  (accountId: string) =>
  async (work: Work): Promise<boolean | 'busy'> => {
    const { db, now } = work
    if (!(await holdWatcher(db, accountId))) return 'busy'
    await db.run(sql`set local statement_timeout = '5s'`)
    await db.run(sql`set local lock_timeout = '4s'`)
    const outcomes: { readonly name: string; readonly id: string; readonly outcome: Outcome }[] = []
    for (const watch of await watchesDue(db, accountId, now))
      outcomes.push({ name: watch.name, id: watch.id, outcome: await readInTime(work, watch) })
    const news: { name: string; count: number }[] = []
    const ended: { name: string; reason: StopReason }[] = []
    for (const { id, name, outcome } of outcomes) {
      if (outcome === 'later') continue
      if ('stop' in outcome) {
        if (await stopWatch(db, id, outcome.stop, now)) ended.push({ name, reason: outcome.stop })
      } else if ((await keepReading(db, outcome.kept, now)) && outcome.kept.fresh.length)
        news.push({ name: outcome.kept.name, count: outcome.kept.fresh.length })
    }
    await passWatcher(db, accountId, now)
    if (!news.length && !ended.length) return false
    await tellPerson(db, viewNewsMail(accountId, news, ended), work)
    return true
  }

const partSize = 200
/**
 * Person after person, those tried longest ago first, until nobody is due this morning. Who is another process's is
 * left to it. Says how many were told.
 */
export const tellViewNews = async ({ within, signal, log }: Omit<Steps, 'payload'>): Promise<number> => {
  let told = 0
  const busy = new Set<string>()
  for (;;) {
    const due = await within(({ db, now }) => watchersDue(db, now, partSize))
    const part = due.filter(accountId => !busy.has(accountId))
    if (part.length === 0) return told
    for (const accountId of part) {
      if (signal?.aborted) return told
      const outcome = await within(tellWatcher(accountId)).catch(async error => {
        log.warn(`view news: one person passed over: ${error.code ?? error.name}`)
        await within(({ db, now }) => passWatcher(db, accountId, now))
        return false
      })
      if (outcome === 'busy') busy.add(accountId)
      else if (outcome) told++
    }
  }
}

const readAll = async (steps: Steps) => {
  const told = await tellViewNews(steps)
  const purged = await steps.within(({ db, now }) => purgeWatches(db, now))
  steps.log.info(`view news: ${told} people told, ${purged} stopped ones forgotten`)
}

/** Every morning of the week. Each ten minutes until eight, for what a killed process left: most find nobody. */
const tellViewNewsDaily = jobInSteps('tell-view-news', {
  cron: '*/10 4-6 * * 1-5',
  run: async steps => {
    // One run at a time: a long morning takes one place of the worker, not all. A killed run frees it.
    if (!(await steps.within(({ db }) => beginRun(db)))) return
    try {
      await readAll(steps)
    } finally {
      await steps.within(({ db }) => endRun(db))
    }
  },
})
export const jobs: JobsOf = () => [tellViewNewsDaily]
