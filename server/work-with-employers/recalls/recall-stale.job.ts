import { tellPerson } from '../../notifications/tell.ts'
import { type JobsOf, jobInSteps, type Work } from '../../platform/job.ts'
import { staleMail } from './recalls.mails.ts'
import { noteNeedRecalls, noteRecalls, purgeRecalls } from './recalls.queries.ts'
import type { RecallDelays } from './settings.ts'

/** One mail a person, whatever is recalled to them. Says how many. */
export const recallStale = async (work: Work, delays: RecallDelays): Promise<number> => {
  const targets = Map.groupBy(await noteRecalls(work.db, work.now, delays.targets), ({ accountId }) => accountId)
  const needs = Map.groupBy(await noteNeedRecalls(work.db, work.now, delays.needs), ({ accountId }) => accountId)
  const people = new Set([...targets.keys(), ...needs.keys()])
  for (const accountId of people)
    await tellPerson(work.db, staleMail(targets.get(accountId) ?? [], needs.get(accountId) ?? [], accountId), work)
  return people.size
}

/** Every morning of the week, before people come (CAM-13). */
export const recallStaleDaily = (delays: RecallDelays) =>
  jobInSteps('recall-stale-targets', {
    cron: '20 4 * * 1-5',
    run: async ({ within, log }) => {
      const told = await within(work => recallStale(work, delays))
      const purged = await within(({ db, now }) => purgeRecalls(db, now))
      log.info(`recalls: ${told} people told, ${purged} forgotten`)
    },
  })

export const jobs: JobsOf = ({ recalls, needRecalls }) => [recallStaleDaily({ targets: recalls, needs: needRecalls })]
