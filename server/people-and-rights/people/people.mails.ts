import { ofStructure } from '../../../contract/names-in-french.ts'
import { noticeRoleWords } from '../../../contract/words.ts'
import type { PersonMail as Mail, Notice } from '../../notifications/tell.ts'
import { dayInFigures, dayInWords } from '../../platform/french.ts'
import { invitedBy } from '../../signing-in/invitations/invitation.ts'
import { holder } from '../accounts/accounts.mails.ts'
import type { Office } from '../accounts/officers.ts'

export const welcomeMail = (
  accountId: string,
  organisation: string,
  waits: boolean,
  invitation: string | null,
): Mail => ({
  kind: 'account-opened',
  to: { accountId },
  subject: 'Votre compte est ouvert',
  why: holder,
  path: invitation ?? '/',
  about: ['account', accountId],
  text: `Un compte vous est ouvert dans le service, au titre ${ofStructure(organisation)}.\n\nConnectez-vous par ProConnect avec cette adresse${invitation ? invitedBy : ''} ; acceptez ensuite les conditions d’utilisation. Un outil s’ouvre une fois qu’une habilitation vous est donnée : vous pouvez la demander dans « Mes droits ».${waits ? '\n\nLe domaine de cette adresse n’était pas connu dans votre structure : une seconde personne doit d’abord confirmer votre compte.' : ''}`,
})
export const statusMail = (accountId: string, status: 'active' | 'suspended', reason: string): Mail => ({
  kind: status === 'suspended' ? 'account-suspended' : 'account-resumed',
  to: { accountId },
  subject: status === 'suspended' ? 'Votre compte est suspendu' : 'Votre compte est rétabli',
  why: holder,
  about: ['account', accountId],
  text: `${status === 'suspended' ? 'Votre compte est suspendu : vos sessions sont closes et vos habilitations n’ouvrent rien jusqu’à ce qu’il soit rétabli.' : 'Votre compte est rétabli : vos habilitations reprennent.'}\n\nMotif : ${reason}`,
})
export const restoredMail = (accountId: string): Mail => ({
  kind: 'account-restored',
  to: { accountId },
  subject: 'Votre compte est rouvert',
  why: holder,
  path: '/connexion',
  about: ['account', accountId],
  text: 'Le départ enregistré pour vous l’avait été par erreur : votre compte est rouvert. Connectez-vous dans les trois jours pour enregistrer de nouveau votre second facteur ; après, votre responsable de gestion de comptes (RGC) vous remet un code. Vos habilitations reprennent une fois qu’il les a rétablies.',
})
export const departureEnteredMail = (accountId: string, lastDay: string, reason: string): Mail => ({
  kind: 'account-ending',
  to: { accountId },
  subject: 'Votre compte prendra fin',
  why: holder,
  about: ['account', accountId],
  text: `Votre départ est saisi : votre compte et vos habilitations prennent fin après le ${dayInFigures(lastDay)}. D’ici là, rien ne change.\n\nMotif : ${reason}\n\nSi c’est une erreur, dites-le au responsable de gestion de comptes (RGC) de votre structure : il l’annule d’ici là.`,
})
export const departureCancelledMail = (accountId: string, reason: string): Mail => ({
  kind: 'account-ending-cancelled',
  to: { accountId },
  subject: 'Votre compte ne prend pas fin',
  why: holder,
  about: ['account', accountId],
  text: `Le départ saisi pour vous est annulé : votre compte et vos habilitations continuent.\n\nMotif : ${reason}`,
})
/** RGC-2: to both sides. It names nobody: the service does. */
export const staffLeftNotice = (accountId: string, nobodyLeft: boolean): Notice => ({
  kind: 'account-no-longer-manager',
  subject: 'Un RGC n’appartient plus au personnel permanent : son rôle prend fin',
  path: { partenaire: '/responsables-de-comptes', operateur: '/securite/rgc' },
  about: ['account', accountId],
  text: [
    'Un responsable de gestion de comptes (RGC) est devenu l’agent d’un délégataire ou d’un prestataire. Un RGC appartient au personnel permanent de sa structure : son rôle a pris fin aujourd’hui.',
    ...(nobodyLeft
      ? [
          'La structure n’a plus de RGC : personne ne peut y créer de compte ni donner une habilitation. Le signataire peut proposer un nouvel acte d’engagement dans le service ; d’ici là, il y fait ce qui ne peut pas attendre.',
        ]
      : []),
  ].join('\n\n'),
})

export type InactivityStep = 'fourteen-days' | 'three-days' | 'suspended'
export const inactivityMail = (accountId: string, step: InactivityStep, dueOn: string): Mail => ({
  kind: 'inactivity',
  to: { accountId },
  why: holder,
  path: '/',
  about: ['account', accountId],
  subject:
    step === 'suspended'
      ? 'Vos habilitations sont suspendues pour inactivité'
      : step === 'three-days'
        ? 'Plus que trois jours avant la suspension de vos habilitations'
        : 'Vos habilitations seront bientôt suspendues pour inactivité',
  text:
    step === 'suspended'
      ? `Depuis le ${dayInFigures(dueOn)}, vos habilitations sont suspendues au nom du responsable de gestion de comptes (RGC) de votre structure : votre compte n’a pas servi depuis deux mois.\n\nSi vous en avez encore besoin, demandez-lui de lever la suspension.`
      : `Votre compte n’a pas servi depuis un moment. Sans connexion ni action de votre part, vos habilitations seront suspendues le ${dayInFigures(dueOn)}, deux mois après votre dernière activité.\n\nIl suffit de vous connecter d’ici là.`,
})
export type SleepStep = 'role-fourteen-days' | 'role-three-days' | 'role-asleep'
/** SEC-6: a role of the operator sleeps when its holder has not come for six months. */
export const sleepMail = (accountId: string, step: SleepStep, dueOn: string): Mail => ({
  kind: 'inactivity-of-role',
  to: { accountId },
  why: holder,
  path: '/',
  about: ['account', accountId],
  subject:
    step === 'role-asleep'
      ? 'Votre rôle est en sommeil'
      : step === 'role-three-days'
        ? 'Plus que trois jours avant la mise en sommeil de votre rôle'
        : 'Votre rôle sera bientôt mis en sommeil',
  text:
    step === 'role-asleep'
      ? `Depuis le ${dayInFigures(dueOn)}, le rôle que vous tenez pour l’opérateur n’ouvre plus rien : vous n’êtes pas venu depuis six mois.\n\nSi vous le tenez encore, connectez-vous, puis demandez à l’administrateur du service de vous le redonner.`
      : `Vous n’êtes pas venu depuis plusieurs mois. Sans connexion de votre part, le rôle que vous tenez pour l’opérateur n’ouvrira plus rien à partir du ${dayInFigures(dueOn)}.\n\nIl suffit de vous connecter d’ici là.`,
})
/** Without the person's name: the page behind says it. */
export const suspendedNotice = (accountId: string): Notice => ({
  kind: 'inactivity-suspended',
  subject: 'Une personne est suspendue pour inactivité',
  path: `/habilitations/personnes/${accountId}`,
  about: ['account', accountId],
  text: 'Les habilitations d’une personne de votre structure sont suspendues en votre nom, après deux mois sans activité (annexe 1, article 5.1).\n\nVous pouvez lever la suspension avec un motif, ou supprimer le compte s’il ne sert plus.',
})
export const liftedMail = (accountId: string, reason: string): Mail => ({
  kind: 'inactivity-lifted',
  to: { accountId },
  subject: 'Vos habilitations reprennent',
  why: holder,
  path: '/',
  about: ['account', accountId],
  text: `La suspension de vos habilitations pour inactivité est levée : elles reprennent dès maintenant.\n\nMotif : ${reason}`,
})
/** To the address itself: the account no longer has one. */
export const endedForBreachMail = (address: string, accountId: string, reason: string): Mail => ({
  kind: 'account-ended',
  to: { address },
  about: ['account', accountId],
  subject: 'Votre compte prend fin',
  why: 'vous aviez un compte dans ce service',
  text: `Votre compte et vos habilitations prennent fin aussitôt, pour un manquement à vos obligations.\n\nMotif : ${reason}`,
})
export const breachNotice = (accountId: string, organisation: string): Notice => ({
  kind: 'account-ended-for-breach',
  subject: 'Un compte a pris fin pour un manquement',
  about: ['account', accountId],
  text: `Dans la structure ${organisation}, un compte et ses habilitations ont pris fin aussitôt, pour un manquement aux obligations de son titulaire. Le motif est dans le journal.`,
})

/** Without the person’s name: mails pass through others’ servers. */
export const departureHeldNotice = (
  accountId: string,
  {
    roles,
    lastDay,
    declared,
  }: { readonly roles: readonly Office[]; readonly lastDay: string; readonly declared: boolean },
): Notice => ({
  kind: 'account-departure-held',
  about: ['account', accountId],
  path: { operateur: '/administration/roles' },
  subject: `Un départ ${declared ? 'déclaré' : 'saisi d’avance'} attend un remplaçant`,
  text: `Le départ d’un agent de l’opérateur, ${declared ? 'déclaré' : 'saisi d’avance'} pour le ${dayInWords(lastDay)}, est venu. Son compte reste pourtant ouvert : cet agent tient seul, sans date de fin, ${roles.map(role => `« ${noticeRoleWords[role]} »`).join(' et ')}.\n\nDonnez ce rôle à une autre personne, sans date de fin : le compte prendra fin de lui-même dans l’heure.`,
})
