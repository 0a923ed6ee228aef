import { sql } from 'kysely'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'
import type { ReminderStep } from './deadlines.ts'
import { rgcPages } from './notices.ts'

type Kind = 'depart' | 'changement-de-fonction' | 'absence'
interface Due {
  readonly accountId: string
  readonly organisationId: string
  /** Null: nothing is known, a question is asked. */
  readonly kind: Kind | null
  readonly declareBy: string
  readonly step: ReminderStep | 'question'
}
const known = (kind: Kind | null): string =>
  `${kind === 'depart' ? 'Le départ' : kind === 'absence' ? 'L’absence' : 'Le changement de fonction'} d’un responsable de gestion de comptes (RGC) de votre structure est connu, et reste à déclarer au correspondant sécurité de l’opérateur (CSSI)`
/** Two months without an act are no absence: nothing is due, and nothing will be late. */
const question = [
  'Un responsable de gestion de comptes (RGC) de votre structure n’a rien fait dans le service depuis deux mois. Est-il toujours en fonction ?',
  'S’il l’est, répondez-le sur cette page, ou qu’il se connecte. S’il est parti, a changé de fonction ou s’absente plus de deux mois, déclarez-le.',
].join('\n\n')
/** Without the person's name: the page behind says it. */
const noticeOf = ({ accountId, kind, declareBy, step }: Due): Notice => ({
  kind: step === 'question' ? 'rgc-event-question' : `rgc-event-${step}`,
  path: rgcPages,
  about: ['account', accountId],
  subject:
    step === 'question'
      ? 'Un RGC de votre structure est-il toujours en fonction ?'
      : step === 'late'
        ? 'La déclaration d’un départ ou d’une absence de RGC est en retard'
        : 'Un départ ou une absence de RGC est à déclarer',
  text:
    step === 'question'
      ? question
      : step === 'late'
        ? `${known(kind)}. Les huit jours prévus se sont achevés le ${dayInWords(declareBy)} : la déclaration sera marquée en retard. L’opérateur en est prévenu.`
        : `${known(kind)} dans les huit jours, ${step === 'last-day' ? 'aujourd’hui au plus tard' : `le ${dayInWords(declareBy)} au plus tard`}.`,
})

/**
 * RGC-6: reminds of the eight days from the day the event was known, and asks of whoever did nothing for two months.
 * Both sides are told of a late one; each moment once.
 * Answers how many were reminded.
 */
export const remindRgcEvents = async (work: Work): Promise<number> => {
  const { db } = work
  // One run at a time: what the other has told is read after it.
  const { at } = (await db.first(
    sql<{ at: Date }>`select ctx.clock() as at from pg_advisory_xact_lock(hashtextextended('remind-rgc-events', 0))`,
  ))!
  const due = await db.all(
    sql<Due>`select account_id, organisation_id, kind, to_char(declare_by, 'YYYY-MM-DD') as declare_by, step
      from ctx.rgc_event_reminders(${at}::timestamptz)`,
  )
  for (const one of due)
    await tellRoles(db, { organisationId: one.organisationId }, noticeOf(one), { ...work, now: at })
  return due.length
}

export const remindRgcEventsDaily = job('remind-rgc-events', {
  cron: '20 5 * * *',
  run: async ({ log, ...work }) =>
    log.info(`departures and absences of account managers to declare, reminded: ${await remindRgcEvents(work)}`),
})

export const jobs: JobsOf = () => [remindRgcEventsDaily]
