import type pg from 'pg'
import { tellPerson } from '../../notifications/tell.ts'
import { dbOver } from '../../platform/database.ts'
import { dayInWords } from '../../platform/french.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { inTransaction, job } from '../../platform/job.ts'
import { systemClock } from '../../platform/time.ts'

/** SEC-4: a month before a year has passed, then once it has; once each for one due date. Says how many were told. */
export const remindAwareness = async (
  client: pg.ClientBase,
  { newId, now }: { newId: () => string; now: Date },
): Promise<number> => {
  return inTransaction(client, async () => {
    // One run at a time: what the other has told is read after it.
    await client.query(`select pg_advisory_xact_lock(hashtextextended('remind-awareness', 0))`)
    const { rows } = await client.query<{ account_id: string; due_on: string; late: boolean }>(
      'select account_id, due_on, late from ctx.awareness_to_remind()',
    )
    for (const { account_id: accountId, due_on: dueOn, late } of rows) {
      await tellPerson(
        dbOver(client),
        {
          kind: late ? 'awareness-late' : 'awareness-due',
          to: { accountId },
          about: ['awareness', dueOn],
          path: '/mes-droits',
          subject: late
            ? 'Votre sensibilisation à la sécurité est dépassée'
            : 'Votre sensibilisation à la sécurité est à renouveler',
          text: late
            ? `Votre sensibilisation à la sécurité était à renouveler avant le ${dayInWords(dueOn)}. Tant qu’elle ne l’est pas, vos habilitations peuvent être suspendues.\n\nAdressez-vous au responsable de la formation ou au responsable de gestion de comptes (RGC) de votre structure.`
            : `La sensibilisation à la sécurité se renouvelle chaque année. La vôtre est à refaire avant le ${dayInWords(dueOn)}.\n\nAdressez-vous au responsable de la formation ou au responsable de gestion de comptes (RGC) de votre structure.`,
          why: 'vous avez une habilitation dans ce service',
        },
        { newId, now },
      )
    }
    return rows.length
  })
}

export const remindAwarenessNightly = job('remind-awareness', {
  cron: '0 5 * * *',
  run: async (_payload, { withPgClient, logger }) => {
    const told = await withPgClient(client => remindAwareness(client, { newId: uuidv7, now: systemClock() }))
    if (told > 0) logger.info(`security awareness, people reminded: ${told}`)
  },
})

/** Every ten minutes: the end of the grants of tools that have left annex 4. They open nothing meanwhile. */
export const settleWithdrawnTools = job('settle-withdrawn-tools', {
  cron: '*/10 * * * *',
  run: async (_payload, { withPgClient, logger }) => {
    const { rows } = await withPgClient(client =>
      client.query<{ n: number }>('select ctx.settle_withdrawn_tools() as n'),
    )
    if (rows[0]!.n > 0) logger.info(`grants ended with their tool: ${rows[0]!.n}`)
  },
})
