import { sql } from 'kysely'
import { type PersonMail, tellPerson } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'
import { job, type Work } from '../../platform/job.ts'
import { settleWithdrawnTools } from './annex.queries.ts'

/** SEC-4: a month before a year has passed, then once it has; once each for one due date. Says how many were told. */
export const remindAwareness = async (work: Work): Promise<number> => {
  // One run at a time: what the other has told is read after it.
  await work.db.run(sql`select pg_advisory_xact_lock(hashtextextended('remind-awareness', 0))`)
  const due = await work.db.all(
    sql<{ accountId: string; dueOn: string; late: boolean }>`select account_id, due_on, late
      from ctx.awareness_to_remind()`,
  )
  for (const one of due) await tellPerson(work.db, awarenessMail(one), work)
  return due.length
}
const awarenessMail = ({
  accountId,
  dueOn,
  late,
}: {
  accountId: string
  dueOn: string
  late: boolean
}): PersonMail => ({
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
})

export const remindAwarenessNightly = job('remind-awareness', {
  cron: '0 5 * * *',
  run: async ({ log, ...work }) => {
    const told = await remindAwareness(work)
    if (told > 0) log.info(`security awareness, people reminded: ${told}`)
  },
})

/** Every ten minutes: the end of the grants of tools that have left annex 4. They open nothing meanwhile. */
export const settleWithdrawnToolsOften = job('settle-withdrawn-tools', {
  cron: '*/10 * * * *',
  run: async ({ db, log }) => {
    const ended = await settleWithdrawnTools(db)
    if (ended > 0) log.info(`grants ended with their tool: ${ended}`)
  },
})
