import { queueMail } from '../notifications/queue-mail.ts'
import type { Db } from '../platform/database.ts'
import { dayInWords } from '../platform/french.ts'
import { parisDay } from '../platform/time.ts'
import { contactsOf, inPlace } from './rgc.queries.ts'

export interface Means { readonly newId: () => string; readonly now: Date }
type Role = 'cssi' | 'signataire' | 'rgc' | 'correspondant-si' | 'responsable-operationnel'
interface Notice { readonly kind: string; readonly subject: string; readonly text: string; readonly path: string; readonly about: readonly [string, string] }
const roleWords: Record<Role, string> = { cssi: 'vous êtes correspondant sécurité de l’opérateur (CSSI)', signataire: 'vous signez pour votre structure', rgc: 'vous gérez les comptes de votre structure', 'correspondant-si': 'vous êtes le correspondant SI de votre structure', 'responsable-operationnel': 'vous êtes le responsable opérationnel de votre structure' }

/** Tells those who hold these roles on that day, each once; says for the trail how many, and which roles nobody holds. */
export const tell = async (db: Db, organisationId: string, to: readonly Role[], notice: Notice, means: Means): Promise<{ told: number; nobody: Role[] }> => {
  const contacts = await contactsOf(db, organisationId)
  const recipients = new Map<string, Role>()
  for (const role of to) for (const c of contacts) if (c.role === role && !recipients.has(c.accountId)) recipients.set(c.accountId, role)
  for (const [accountId, role] of recipients) await queueMail(db, { ...notice, to: { accountId }, path: role === 'cssi' ? '/securite/rgc' : notice.path, why: roleWords[role] }, means)
  return { told: recipients.size, nobody: to.filter(role => !contacts.some(c => c.role === role)) }
}

/** The last day of a term that ends at an instant: what ends at 24:00 ends on that day. */
export const lastDayInWords = (until: Date): string => dayInWords(parisDay(new Date(until.getTime() - 1)))

/** RGC-8: when nobody is left to manage the accounts, both sides are told, and what is blocked meanwhile is said. Null: somebody is left. */
export const tellIfNobodyIsLeft = async (db: Db, organisation: { id: string; name: string }, from: Date, means: Means) => {
  if ((await inPlace(db, organisation.id, from)).length > 0) return null
  return tell(db, organisation.id, ['cssi', 'signataire', 'responsable-operationnel', 'correspondant-si'], {
    kind: 'rgc-nobody-left', subject: 'Une structure n’a plus de responsable de gestion de comptes (RGC)', path: '/responsables-de-comptes', about: ['organisation', organisation.id],
    text: [
      from <= means.now ? `La structure « ${organisation.name} » n’a plus de responsable de gestion de comptes (RGC).` : `La structure « ${organisation.name} » n’aura plus de responsable de gestion de comptes (RGC) après le ${lastDayInWords(from)}.`,
      'Tant qu’un nouvel acte d’engagement n’est pas en vigueur, personne ne peut y créer ni supprimer de compte, donner ou retirer une habilitation, lever une suspension pour inactivité, ni mener la revue annuelle. Les habilitations en cours continuent.',
      'Le signataire de la structure peut proposer un nouvel acte d’engagement dans le service.',
    ].join('\n\n'),
  }, means)
}
