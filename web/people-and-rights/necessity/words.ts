import type { exceptionalActs, getFile, grounds } from '../../../contract/people-and-rights/necessity.ts'
import type { Reply } from '../../../contract/route.ts'
import { queryClient } from '../../platform/query.ts'
import { rightsChanged } from '../accounts/queries.ts'

export type File = Reply<typeof getFile>
export type Act = (typeof exceptionalActs)[number]
export const groundWords: Record<(typeof grounds)[number], string> = {
  incident: 'Incident de sécurité',
  necessity: 'Nécessité',
}
export const doneWords: Record<Act, string> = {
  read: 'Dossier ouvert',
  suspend: 'Compte suspendu',
  resume: 'Compte rétabli',
  lift: 'Suspension pour inactivité levée',
  depart: 'Compte supprimé',
  'end-grant': 'Habilitation retirée',
  'reset-second-factors': 'Second facteur réinitialisé',
  'send-password-link': 'Lien de mot de passe envoyé',
  'decide-link': 'Réponse à une connexion par ProConnect',
}
/** What is read of the account and of its lists, once an act was done. */
export const accountChanged = () =>
  Promise.all([rightsChanged(), queryClient.invalidateQueries({ queryKey: ['exceptional'] })])
