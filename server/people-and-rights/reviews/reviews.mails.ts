import { ofStructure } from '../../../contract/names-in-french.ts'
import type { Notice } from '../../notifications/tell.ts'
import { dayInFigures } from '../../platform/french.ts'

export type ReminderKind = 'thirty-days' | 'seven-days' | 'today' | 'late'
export interface Reminder {
  readonly organisationName: string
  readonly dueOn: string
  readonly kind: ReminderKind
  readonly organisationId: string
}
const sentences: Record<ReminderKind, (r: Reminder, day: string) => string> = {
  'thirty-days': (r, day) =>
    `La revue des accès ${ofStructure(r.organisationName)} est due le ${day}, dans un mois au plus. Vous pouvez la commencer dès maintenant : les comptes et les habilitations du moment seront figés, les anomalies d’abord.`,
  'seven-days': (r, day) =>
    `La revue des accès ${ofStructure(r.organisationName)} est due le ${day}, dans une semaine au plus. Elle se clôt une fois chaque accès décidé.`,
  today: (r, day) => `La revue des accès ${ofStructure(r.organisationName)} est due aujourd’hui, ${day}.`,
  late: (r, day) =>
    `La revue des accès ${ofStructure(r.organisationName)} était due le ${day} : elle n’est pas close. Le correspondant sécurité de l’opérateur en est informé.`,
}
export const reminderNotice = (r: Reminder): Notice => ({
  kind: `review-${r.kind}`,
  path: '/revues',
  subject: r.kind === 'late' ? 'Une revue des accès est en retard' : 'Une revue des accès est à faire',
  text: sentences[r.kind](r, dayInFigures(r.dueOn)),
})
