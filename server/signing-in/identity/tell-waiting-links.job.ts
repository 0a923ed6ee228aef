import { sql } from 'kysely'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'

interface Waiting {
  readonly account: string
  readonly organisation: string
  readonly manages: boolean
  /** A first person of a structure without account manager in effect: the operator decides (ctx.first_of). */
  readonly first: string[]
  /** An account manager can decide it today. */
  readonly managed: boolean
  readonly reason: string
}
/**
 * Without a session nobody can write a mail. This job tells those who decide, once for each request. Answers how many.
 */
export const tellWaitingLinks = async (work: Work): Promise<number> => {
  const waiting = await work.db.all(
    sql<Waiting>`select account, organisation, manages, first, managed, reason
      from ctx.links_to_tell() l (account, organisation, manages, first, managed, reason)`,
  )
  for (const one of waiting)
    for (const kind of kindsOf(one))
      await tellRoles(work.db, { organisationId: one.organisation }, waitingNotice(kind, one), work)
  return waiting.length
}
const kindsOf = ({ manages, first, managed }: Waiting): Notice['kind'][] => {
  const signatory = first.includes('signatory') ? (['account-link-waiting-of-signatory'] as const) : []
  if (manages || first.includes('named')) return [...signatory, 'account-link-waiting-of-manager']
  // With nobody to manage accounts, who stands in for them is told (ACC-10).
  return signatory.length > 0 ? [...signatory] : [managed ? 'account-link-waiting' : 'account-link-waiting-in-place']
}
const came = {
  byAddress:
    'Quelqu’un s’est présenté par ProConnect avec l’adresse d’un compte, sans que rien ne prouve encore que ce compte est le sien. Appelez la personne à qui le compte appartient, à un numéro que vous connaissez, puis confirmez ou refusez.',
  underAnother:
    'Une personne de votre structure s’est présentée par ProConnect sous un autre employeur : elle n’est pas entrée. Si elle travaille toujours pour votre structure, confirmez ; si elle l’a quittée, refusez et enregistrez son départ.',
}
const waitingNotice = (kind: Notice['kind'], { account, reason }: Waiting): Notice => ({
  kind,
  subject: 'Une personne attend que sa connexion soit confirmée',
  path:
    kind === 'account-link-waiting-in-place'
      ? { partenaire: `/habilitations/personnes/${account}`, operateur: `/securite/comptes/${account}` }
      : `/personnes/${account}/connexion`,
  about: ['account', account],
  text: reason === 'employer-changed' ? came.underAnother : came.byAddress,
})

export const tellWaitingLinksEveryMinute = job('tell-links-waiting', {
  cron: '* * * * *',
  run: async ({ log, ...work }) => {
    const told = await tellWaitingLinks(work)
    if (told > 0) log.info(`identities waiting to be attached, told: ${told}`)
  },
})

export const jobs: JobsOf = () => [tellWaitingLinksEveryMinute]
