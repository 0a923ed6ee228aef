import { tellPerson } from '../../notifications/tell.ts'
import { type JobsOf, jobInSteps, type Work } from '../../platform/job.ts'
import { digest, newToken } from '../../signing-in/identity/session-token.ts'
import { type ObjectionDigests, objectionDigests } from '../correspondents/objection-digests.ts'
import { satisfactionMail } from './satisfaction.mails.ts'
import { type DueNeed, needsToAskAbout, purgeSurveys, settleAsking } from './satisfaction.queries.ts'
import {
  daysApart,
  daysBeforeAsking,
  daysOfLink,
  daysToAnswer,
  daysToAsk,
  monthsOfComment,
} from './satisfaction-rules.ts'

/** Needs settled in one transaction. */
const atOnce = 100

const askOne = async (work: Work, due: DueNeed, digests: ObjectionDigests): Promise<boolean> => {
  const token = newToken()
  const address = { kind: 'email', what: due.address.toLowerCase() } as const
  const why = await settleAsking(
    work.db,
    {
      needId: due.needId,
      correspondentId: due.correspondentId,
      token: digest(token),
      address: digests.made(address),
      sought: digests.sought(address),
    },
    { open: daysToAnswer, apart: daysApart },
  )
  if (why === null) await tellPerson(work.db, satisfactionMail(due, token), work)
  return why === null
}
/** The next needs, each asked about or set aside for good: none comes twice. Says how many were settled, and asked. */
export const askEmployers = async (work: Work, digests: ObjectionDigests, most = atOnce) => {
  const due = await needsToAskAbout(work.db, daysBeforeAsking, daysToAsk, most)
  let asked = 0
  for (const need of due) if (await askOne(work, need, digests)) asked += 1
  return { settled: due.length, asked }
}

/** On working mornings, when an employer reads mail. */
const askEmployersDaily = (digests: ObjectionDigests) =>
  jobInSteps('ask-employers', {
    cron: '40 7 * * 1-5',
    run: async ({ within, log, signal }) => {
      let asked = 0
      for (let settled = atOnce; settled === atOnce && !signal?.aborted; ) {
        const done = await within(work => askEmployers(work, digests))
        settled = done.settled
        asked += done.asked
      }
      const purged = await within(({ db }) => purgeSurveys(db, daysOfLink, monthsOfComment))
      log.info(`satisfaction: ${asked} employers asked, ${purged} answers shortened`)
    },
  })

export const jobs: JobsOf = ({ keys }) => [askEmployersDaily(objectionDigests(keys))]
