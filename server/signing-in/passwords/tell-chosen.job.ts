import type pg from 'pg'
import { tellPerson } from '../../notifications/tell.ts'
import { dbOver } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { inTransaction, job } from '../../platform/job.ts'
import { systemClock } from '../../platform/time.ts'

/**
 * Whoever chose a password by a link is told (IDN-3): somebody else may have opened it. What was told and the mail are
 * written together. Says how many.
 */
export const tellChosen = async (client: pg.ClientBase, now: Date): Promise<number> => {
  return inTransaction(client, async () => {
    const { rows } = await client.query<{ account: string }>('select account from ctx.passwords_to_tell() p (account)')
    for (const { account } of rows)
      await tellPerson(
        dbOver(client),
        {
          kind: 'password-chosen',
          to: { accountId: account },
          subject: 'Votre mot de passe a été choisi',
          why: 'le mot de passe de votre compte vient d’être choisi',
          path: '/connexion',
          text: 'Le mot de passe de votre compte vient d’être choisi, par le lien qui vous avait été envoyé. Les sessions ouvertes avec le mot de passe d’avant sont closes. Si ce n’est pas vous, prévenez sans attendre le responsable de gestion de comptes (RGC) de votre structure.',
        },
        { newId: uuidv7, now },
      )
    return rows.length
  })
}

export const tellChosenEveryMinute = job('tell-passwords-chosen', {
  cron: '* * * * *',
  run: async (_payload, { withPgClient, logger }) => {
    const told = await withPgClient(client => tellChosen(client, systemClock()))
    if (told > 0) logger.info(`passwords chosen by a link, people told: ${told}`)
  },
})
