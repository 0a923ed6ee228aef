import { sql } from 'kysely'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { dayInFigures } from '../../platform/french.ts'
import { job, type Work } from '../../platform/job.ts'

export type ReminderKind = 'thirty-days' | 'seven-days' | 'today' | 'late'
interface Reminder {
  readonly organisationName: string
  readonly dueOn: string
  readonly kind: ReminderKind
  readonly organisationId: string
}
const sentences: Record<ReminderKind, (r: Reminder, day: string) => string> = {
  'thirty-days': (r, day) =>
    `La revue des accès de ${r.organisationName} est due le ${day}, dans un mois au plus. Vous pouvez la commencer dès maintenant : les comptes et les habilitations du moment seront figés, les anomalies d’abord.`,
  'seven-days': (r, day) =>
    `La revue des accès de ${r.organisationName} est due le ${day}, dans une semaine au plus. Elle se clôt une fois chaque accès décidé.`,
  today: (r, day) => `La revue des accès de ${r.organisationName} est due aujourd’hui, ${day}.`,
  late: (r, day) =>
    `La revue des accès de ${r.organisationName} était due le ${day} : elle n’est pas close. Le correspondant sécurité de l’opérateur en est informé.`,
}
const noticeOf = (r: Reminder): Notice => ({
  kind: `review-${r.kind}`,
  path: '/revues',
  subject: r.kind === 'late' ? 'Une revue des accès est en retard' : 'Une revue des accès est à faire',
  text: sentences[r.kind](r, dayInFigures(r.dueOn)),
})

/**
 * Tells who must know of the reviews that fall due or are late (ACC-8): each moment once, also when a night was missed.
 * What was told and the mails are written together.
 */
export const remindReviews = async (work: Work): Promise<number> => {
  const due = await work.db.all(
    sql<Reminder>`select organisation_name, to_char(due_on, 'YYYY-MM-DD') as due_on, kind, organisation_id
      from ctx.review_reminders(${work.now}::timestamptz)`,
  )
  for (const reminder of due)
    await tellRoles(work.db, { organisationId: reminder.organisationId }, noticeOf(reminder), work)
  return due.length
}

export const remindReviewsDaily = job('remind-reviews', {
  cron: '10 5 * * *',
  run: async ({ log, ...work }) => log.info(`reminders of reviews: ${await remindReviews(work)}`),
})
