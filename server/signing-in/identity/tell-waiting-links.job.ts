import { sql } from 'kysely'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'

interface Waiting {
  readonly account: string
  readonly organisation: string
  readonly manages: boolean
}
/**
 * Without a session nobody can write a mail. This job tells those who decide, once for each request. Answers how many.
 */
export const tellWaitingLinks = async (work: Work): Promise<number> => {
  const waiting = await work.db.all(
    sql<Waiting>`select account, organisation, manages from ctx.links_to_tell() l (account, organisation, manages)`,
  )
  for (const one of waiting) await tellRoles(work.db, { organisationId: one.organisation }, waitingNotice(one), work)
  return waiting.length
}
const waitingNotice = ({ account, manages }: Waiting): Notice => ({
  kind: manages ? 'account-link-waiting-of-manager' : 'account-link-waiting',
  subject: 'Une personne attend que sa connexion soit confirmée',
  path: `/personnes/${account}/connexion`,
  about: ['account', account],
  text: 'Quelqu’un s’est présenté par ProConnect avec l’adresse d’un compte, sans que rien ne prouve encore que ce compte est le sien. Appelez la personne à qui le compte appartient, à un numéro que vous connaissez, puis confirmez ou refusez.',
})

export const tellWaitingLinksEveryMinute = job('tell-links-waiting', {
  cron: '* * * * *',
  run: async ({ log, ...work }) => {
    const told = await tellWaitingLinks(work)
    if (told > 0) log.info(`identities waiting to be attached, told: ${told}`)
  },
})

export const jobs: JobsOf = () => [tellWaitingLinksEveryMinute]
