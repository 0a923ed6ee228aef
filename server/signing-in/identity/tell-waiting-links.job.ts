import type pg from 'pg'
import { tellRolesByJob } from '../../notifications/tell.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { inTransaction, job } from '../../platform/job.ts'
import { systemClock } from '../../platform/time.ts'

/**
 * Whoever came without a session could write no mail: those who decide are told by a job, of each request once. Says
 * how many.
 */
export const tellWaitingLinks = async (client: pg.ClientBase, now: Date): Promise<number> =>
  inTransaction(client, async () => {
    const { rows } = await client.query<{ account: string; organisation: string; manages: boolean }>(
      'select account, organisation, manages from ctx.links_to_tell() l (account, organisation, manages)',
    )
    for (const { account, organisation, manages } of rows) {
      await tellRolesByJob(
        client,
        { organisationId: organisation },
        {
          kind: manages ? 'account-link-waiting-of-manager' : 'account-link-waiting',
          subject: 'Une personne attend que sa connexion soit confirmée',
          path: `/personnes/${account}/connexion`,
          about: ['account', account],
          text: 'Quelqu’un s’est présenté par ProConnect avec l’adresse d’un compte, sans que rien ne prouve encore que ce compte est le sien. Appelez la personne à qui le compte appartient, à un numéro que vous connaissez, puis confirmez ou refusez.',
        },
        { newId: uuidv7, now },
      )
    }
    return rows.length
  })

export const tellWaitingLinksEveryMinute = job('tell-links-waiting', {
  cron: '* * * * *',
  run: async (_payload, { withPgClient, logger }) => {
    const told = await withPgClient(client => tellWaitingLinks(client, systemClock()))
    if (told > 0) logger.info(`identities waiting to be attached, told: ${told}`)
  },
})
