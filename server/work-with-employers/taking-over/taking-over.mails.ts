import { ofName, ofStructure } from '../../../contract/names-in-french.ts'
import type { PersonMail } from '../../notifications/tell.ts'

export interface HandedWork {
  readonly targets: number
  readonly nextActions: number
  readonly needs: number
  readonly campaigns: number
  /** Names of their CLPE. */
  readonly taskForces: readonly string[]
}
const list = new Intl.ListFormat('fr', { type: 'conjunction' })
const counted = (count: number, one: string, several: string) =>
  count ? [`${count} ${count > 1 ? several : one}`] : []
const inWords = ({ targets, nextActions, needs, campaigns, taskForces }: HandedWork) =>
  list.format([
    ...counted(targets, 'cible', 'cibles'),
    ...counted(nextActions, 'prochaine action', 'prochaines actions'),
    ...counted(needs, 'besoin d’employeur', 'besoins d’employeurs'),
    ...counted(campaigns, 'campagne dont vous répondez', 'campagnes dont vous répondez'),
    ...taskForces.map(name => `le pilotage de la task force ${ofName(name)}`),
  ])

/** To who receives it, once for the whole; never why the other is away. */
export const handedWorkMail = (work: HandedWork, from: string, by: string, accountId: string): PersonMail => ({
  kind: 'work-handed-over',
  to: { accountId },
  about: ['account', accountId],
  path: work.targets ? '/portefeuille' : work.needs && !work.nextActions ? '/besoins?etat=standing' : '/',
  why: 'un responsable de votre structure vous a confié ce travail',
  subject: 'Un travail vous est confié',
  text: `${by} vous confie ${inWords(work)}, jusqu’ici à la charge de : ${from}.\n\nVous les trouvez dans votre portefeuille, vos prochaines actions et les besoins, avec leur historique.`,
})

/** To who had them in hand: read on their return. Never what else they had, nor who has it now. */
export const takenWhileAwayMail = (targets: number, by: string, accountId: string): PersonMail => ({
  kind: 'targets-taken-back',
  to: { accountId },
  about: ['account', accountId],
  path: '/portefeuille',
  why: 'vous vous occupiez de ces cibles',
  subject: targets > 1 ? 'Des cibles vous sont retirées' : 'Une cible vous est retirée',
  text: `${by} a repris ${targets} cible${targets > 1 ? 's' : ''} que vous aviez en main, pour que le travail continue sans vous. Vos échanges et leur historique restent.`,
})

/** To who had received it: told by the mail above, then by this one. */
export const givenBackMail = (
  work: { readonly targets: number; readonly nextActions: number },
  to: string,
  by: string,
  accountId: string,
): PersonMail => ({
  kind: 'work-handed-over',
  to: { accountId },
  about: ['account', accountId],
  path: '/portefeuille',
  why: 'un responsable de votre structure vous avait confié ce travail',
  subject: 'Un travail ne vous est plus confié',
  text: `${by} reprend ${inWords({ ...work, needs: 0, campaigns: 0, taskForces: [] })}, de nouveau à la charge de : ${to}.\n\nCe que vous avez déjà travaillé vous reste.`,
})

/** To who had them in hand, and has them again: on their return, they read both. */
export const keptWorkMail = (targets: number, by: string, accountId: string): PersonMail => ({
  kind: 'targets-taken-back',
  to: { accountId },
  about: ['account', accountId],
  path: '/portefeuille',
  why: 'vous vous occupiez de ces cibles',
  subject: targets > 1 ? 'Des cibles vous sont rendues' : 'Une cible vous est rendue',
  text: `${by} vous a rendu ${targets} cible${targets > 1 ? 's' : ''}, qui vous ${targets > 1 ? 'avaient' : 'avait'} été retirée${targets > 1 ? 's' : ''} par erreur.`,
})

/** To who leads or pilots there in the members; `ours`: in the structure that pilots it now. */
export const takenTaskForceMail = (
  force: { readonly id: number; readonly name: string; readonly former: string; readonly pilot: string },
  ours: boolean,
  accountId: string,
): PersonMail => ({
  kind: 'task-force-taken-over',
  to: { accountId },
  about: ['task-force', String(force.id)],
  path: `/territoires/${force.id}`,
  why: 'vous êtes responsable ou pilote dans une structure membre de cette task force',
  subject: 'Une task force change de pilote',
  text: `La convention ${ofStructure(force.former)} a pris fin. ${
    ours ? 'Votre structure reprend' : `La structure ${force.pilot} reprend`
  } le pilotage de la task force ${ofName(force.name)}. Ses membres, ses secteurs sensibles et le nombre de sollicitations par employeur ne changent pas.\n\n${
    ours
      ? 'C’est désormais aux pilotes de votre structure de les tenir à jour, sur la page du territoire.'
      : 'Pour les faire changer, adressez-vous à ses pilotes.'
  }`,
})

interface Handed {
  readonly id: string
  readonly name: string
  /** The names of who piloted it, and of who took it over. */
  readonly former: string
  readonly by: string
}
/** To who answered for it, and to who leads there in the structure that nobody of can pilot it. */
export const campaignTakenMail = ({ id, name, former, by }: Handed, accountId: string): PersonMail => ({
  kind: 'campaign-taken-over',
  to: { accountId },
  about: ['campaign', id],
  path: `/campagnes/${id}`,
  why: 'vous répondez de cette campagne, ou êtes responsable dans la structure qui la pilotait',
  subject: 'Une campagne change de pilote',
  text: `Plus personne dans la structure ${former} ne pouvait piloter la campagne « ${name} ». La structure ${by}, qui en est membre, en reprend le pilotage. La structure ${former} en reste membre : ses cibles, ses actions et ses échanges ne changent pas de mains.\n\nPour la répartir, la prolonger ou la clore, adressez-vous à ses nouveaux pilotes.`,
})
/** To those whom the mail above told. */
export const campaignBackMail = ({ id, name, former, by }: Handed, accountId: string): PersonMail => ({
  ...campaignTakenMail({ id, name, former, by }, accountId),
  subject: 'Une campagne revient à son pilote',
  text: `La structure ${by} avait repris par erreur le pilotage de la campagne « ${name} ». Elle le rend à la structure ${former}, et les personnes qui en répondaient en répondent de nouveau.`,
})

/** To who can pilot it in the structure that the operator chose. */
export const entrustedTaskForceMail = (
  force: { readonly id: number; readonly name: string; readonly former: string },
  accountId: string,
): PersonMail => ({
  kind: 'task-force-entrusted',
  to: { accountId },
  about: ['task-force', String(force.id)],
  path: `/territoires/${force.id}`,
  why: 'vous êtes pilote dans la structure qui la reçoit',
  subject: 'Une task force vous est confiée',
  text: `Plus personne dans la structure ${force.former} ne peut piloter la task force ${ofName(force.name)}. France Travail en confie le pilotage à la vôtre. Ses secteurs sensibles et le nombre de sollicitations par employeur ne changent pas, ni ses autres membres.\n\nC’est désormais aux pilotes de votre structure de les tenir à jour, sur la page du territoire.`,
})
