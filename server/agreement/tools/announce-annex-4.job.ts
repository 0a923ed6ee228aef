import { sql } from 'kysely'
import type { DataCategory, Tool } from '../../../contract/route.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { type JobsOf, jobInSteps, type Work } from '../../platform/job.ts'
import { closingMail, type ToolClosing, toComeNotice } from './tools.mails.ts'

/** Each part is one transaction: killed in the middle, the next run goes on with who was not told. */
const part = 500
const oneRunAtATime = ({ db }: Work) =>
  db.run(sql`select pg_advisory_xact_lock(hashtextextended('announce-annex-4', 0))`)

/**
 * AGR-6: partners under a convention are told once more of a version to come, so many days before: it is noted here, and
 * tell-partners.job.ts writes to them. Says how many versions.
 */
export const announceAnnexes = async (work: Work, daysBefore: number): Promise<number> => {
  await oneRunAtATime(work)
  const next = await work.db.all(
    sql<{
      id: string
      number: number
      note: string
      inForceFrom: Date
      opened: Tool[]
      withdrawn: Tool[]
      categoriesOpened: DataCategory[]
      categoriesClosed: DataCategory[]
    }>`
      select id, number, note, in_force_from, opened, withdrawn, categories_opened, categories_closed from ctx.annexes_to_announce(${daysBefore}::int)`,
  )
  for (const version of next) {
    const { categoriesOpened: opened, categoriesClosed: closed, ...annex } = version
    const { subject, text, path } = toComeNotice({ ...annex, categories: { opened, closed } })
    await work.db.run(
      sql`select ctx.announce_annex(${work.newId()}::uuid, ${version.id}::uuid, ${subject}, ${text}, ${path})`,
    )
  }
  return next.length
}

/** Says how many people were told that a tool closes, or that it does not after all. */
export const tellClosings = async (work: Work, daysBefore: number, most = part): Promise<number> => {
  await oneRunAtATime(work)
  const next = await work.db.all(
    sql<ToolClosing>`select account_id, version_id, closes_at, tools, categories, cancelled
      from ctx.tool_closings_to_tell(${daysBefore}::int, ${most}::int)`,
  )
  for (const one of next) await tellPerson(work.db, closingMail(one), work)
  return next.length
}

export const announceAnnex4Nightly = (daysBefore: number) =>
  jobInSteps('announce-annex-4', {
    cron: '35 5 * * *',
    run: async ({ within, log, signal }) => {
      const versions = await within(work => announceAnnexes(work, daysBefore))
      let told = 0
      for (let last = part; last === part && !signal?.aborted; told += last)
        last = await within(work => tellClosings(work, daysBefore))
      if (versions + told > 0) log.info(`versions of annex 4 announced: ${versions}; people told of a tool: ${told}`)
    },
  })

export const jobs: JobsOf = ({ announcedDaysBefore }) => [announceAnnex4Nightly(announcedDaysBefore)]
