import { sql } from 'kysely'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'
import { job, type Work } from '../../platform/job.ts'
import type { ReminderStep } from './deadlines.ts'
import { rgcPages } from './notices.ts'

interface Due {
  readonly accountId: string
  readonly organisationId: string
  readonly kind: 'depart' | 'changement-de-fonction' | 'absence'
  readonly noted: boolean
  readonly declareBy: string
  readonly step: ReminderStep
}
const known = ({ kind, noted }: Due): string =>
  !noted
    ? 'Un responsable de gestion de comptes (RGC) de votre structure n’a rien fait dans le service depuis deux mois. S’il est absent, cette absence se déclare'
    : `${kind === 'depart' ? 'Le départ' : kind === 'absence' ? 'L’absence' : 'Le changement de fonction'} d’un responsable de gestion de comptes (RGC) de votre structure est connu, et reste à déclarer`
/** Without the person's name: the page behind says it. */
const noticeOf = (due: Due): Notice => ({
  kind: `rgc-event-${due.step}`,
  path: rgcPages,
  about: ['account', due.accountId],
  subject:
    due.step === 'late'
      ? 'La déclaration d’un départ ou d’une absence de RGC est en retard'
      : 'Un départ ou une absence de RGC est à déclarer',
  text:
    due.step === 'late'
      ? `${known(due)} au correspondant sécurité de l’opérateur (CSSI). Les huit jours prévus se sont achevés le ${dayInWords(due.declareBy)} : la déclaration sera marquée en retard. L’opérateur en est prévenu.`
      : `${known(due)} au correspondant sécurité de l’opérateur (CSSI) dans les huit jours, ${due.step === 'last-day' ? 'aujourd’hui au plus tard' : `le ${dayInWords(due.declareBy)} au plus tard`}.${due.noted ? '' : '\n\nS’il est toujours en fonction, il lui suffit de se connecter.'}`,
})

/**
 * RGC-6: reminds of the eight days from the day the event was known. Both sides are told of a late one; each moment
 * once.
 * Answers how many were reminded.
 */
export const remindRgcEvents = async (work: Work): Promise<number> => {
  const { db } = work
  // One run at a time: what the other has told is read after it.
  const { at } = (await db.first(
    sql<{ at: Date }>`select ctx.clock() as at from pg_advisory_xact_lock(hashtextextended('remind-rgc-events', 0))`,
  ))!
  const due = await db.all(
    sql<Due>`select account_id, organisation_id, kind, noted, to_char(declare_by, 'YYYY-MM-DD') as declare_by, step
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
