import { sql } from 'kysely'
import { tellPerson } from '../../notifications/tell.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'
import { answeredMail } from './proposals.mails.ts'

/** What nobody answered in time is told to who proposed it. Says how many. */
export const lapseProposals = async (work: Work): Promise<number> => {
  const lapsed = await work.db.all(
    sql<{ id: string; byId: string; receiver: string }>`select proposal as id, by_id, receiver
      from ctx.lapse_action_proposals(${work.now}::timestamptz)`,
  )
  for (const proposal of lapsed) await tellPerson(work.db, answeredMail(proposal, 'lapsed'), work)
  return lapsed.length
}
export const purgeProposals = async ({ db }: Pick<Work, 'db'>): Promise<number> =>
  (await db.first(sql<{ purged: number }>`select ctx.purge_action_proposals() as purged`))!.purged

/** Each night, before people come. */
export const lapseProposalsDaily = job('lapse-action-proposals', {
  cron: '25 2 * * *',
  run: async work => {
    const lapsed = await lapseProposals(work)
    const purged = await purgeProposals(work)
    work.log.info(`action proposals: ${lapsed} lapsed, ${purged} purged`)
  },
})

export const jobs: JobsOf = () => [lapseProposalsDaily]
