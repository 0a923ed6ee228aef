import { sql } from 'kysely'
import { tellPerson } from '../../notifications/tell.ts'
import { type JobsOf, jobInSteps, type Steps, type Work } from '../../platform/job.ts'
import { parisDay } from '../../platform/time.ts'
import { leadNamedMail, type Opened, openedMail } from './running-campaigns.mails.ts'

export interface Opening {
  readonly campaignId: string
  /** A structure that joins it; null: all of its members. */
  readonly memberId: string | null
  /** Who opened it, or added the structure. */
  readonly byId: string
}
interface Recipient {
  readonly accountId: string
  readonly leads: boolean
}
const part = 200

/** The next people of its members, in one transaction; empty: nobody is left, or it is open no more. */
const tellSome =
  ({ campaignId, memberId, byId }: Opening, past: string | null) =>
  async (work: Work): Promise<readonly Recipient[]> => {
    const campaign = await work.db.first(
      sql<Opened>`select id, name, pilot, starts_on, ends_on from ctx.opened_campaign(${campaignId}::uuid)`,
    )
    if (!campaign) return []
    const recipients = await work.db.all(sql<Recipient>`select account_id, leads from ctx.opening_recipients(
      ${campaignId}::uuid, ${memberId}::uuid, ${byId}::uuid, ${past}::uuid, ${part}::int, ${parisDay(work.now)}::date)`)
    for (const { accountId, leads } of recipients)
      await tellPerson(work.db, (leads ? leadNamedMail : openedMail)(campaign, accountId), work)
    return recipients
  }

/** Thousands may be told: in parts, each once. Killed, the job comes again, and passes over who was told. */
export const tellOpening = async (
  opening: Opening,
  { within, signal }: Pick<Steps, 'within' | 'signal'>,
): Promise<number> => {
  let told = 0
  for (let past: string | null = null; ; ) {
    signal?.throwIfAborted()
    const recipients: readonly Recipient[] = await within(tellSome(opening, past))
    if (recipients.length === 0) return told
    told += recipients.length
    past = recipients.at(-1)!.accountId
  }
}

export const tellCampaignOpened = jobInSteps('tell-campaign-opened', {
  run: async ({ payload, log, ...steps }) => {
    log.info(`an opening told to ${await tellOpening(payload as Opening, steps)}`)
  },
})

export const jobs: JobsOf = () => [tellCampaignOpened]
