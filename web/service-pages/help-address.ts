import type { Role } from '../../contract/route.ts'
import { holds, type Me } from '../platform/session.ts'

/** Each guide, in the order of the list; the name is that of its file. */
export const guideNames = [
  'conseiller',
  'responsable',
  'pilote',
  'signataire',
  'rgc',
  'interlocuteurs',
  'dpd',
  'direction-regionale',
  'cssi',
  'administrateur',
  'support',
  'connexion',
  'mots',
] as const
export type GuideName = (typeof guideNames)[number]

const guideOfRole: Readonly<Record<Role, GuideName>> = {
  cssi: 'cssi',
  'direction-regionale': 'direction-regionale',
  administrateur: 'administrateur',
  support: 'support',
  rgc: 'rgc',
  signataire: 'signataire',
  dpd: 'dpd',
  rssi: 'interlocuteurs',
  'correspondant-si': 'interlocuteurs',
  'responsable-formation': 'interlocuteurs',
  'responsable-operationnel': 'interlocuteurs',
}
/** The guides of what a person does, the main one first; whoever holds nothing yet reads how to come in. */
export const ownGuides = (me: Me | undefined): GuideName[] => {
  if (!me) return ['connexion']
  const own: GuideName[] = [
    ...(holds(me, 'campagnes', 'pilote') ? (['pilote'] as const) : []),
    ...(holds(me, 'campagnes', 'responsable') ? (['responsable'] as const) : []),
    ...(holds(me, 'campagnes') || holds(me, 'fiche-etablissement') ? (['conseiller'] as const) : []),
    ...[...me.roles, ...me.rolesOfRegions.map(({ role }) => role)].map(role => guideOfRole[role]),
  ]
  return own.length ? [...new Set(own)] : ['connexion']
}

type Place = readonly [page: RegExp, ...sections: `${GuideName}#${string}`[]]
/** Which sections speak of a page: the first that is of a guide of one's own, else the first. */
export const places: readonly Place[] = [
  [/^\/etablissements\/./, 'conseiller#avant-d-appeler'],
  [/^\/etablissements$/, 'conseiller#trouver-un-employeur'],
  [/^\/annuaire/, 'conseiller#l-annuaire-du-reseau'],
  [/^\/(actions-proposees|portefeuille\/(deplacer|confier))/, 'conseiller#vos-prochaines-actions'],
  [/^\/(besoins|avis)/, 'conseiller#suivre-les-besoins-d-un-employeur'],
  [/^\/(portefeuille|fichiers-employeurs)/, 'conseiller#votre-portefeuille'],
  [/^\/mon-calendrier/, 'conseiller#vos-actions-dans-votre-calendrier'],
  [/^\/mes-vues/, 'conseiller#garder-et-emporter-une-liste'],
  [/^\/tournee/, 'conseiller#votre-tournee'],
  [/^\/echanges/, 'conseiller#enregistrer-un-echange'],
  [/^\/absences/, 'conseiller#vous-vous-absentez'],
  [/^\/aide\/raccourcis/, 'conseiller#touches'],
  [/^\/campagnes\/(nouvelle$|[^/]+\/preparer)/, 'pilote#preparer'],
  [/^\/campagnes\/[^/]+\/repartir/, 'pilote#repartir-les-cibles', 'responsable#repartir-dans-votre-structure'],
  [/^\/(mes-travaux|campagnes\/[^/]+\/en-nombre)/, 'pilote#actions-groupees'],
  [/^\/campagnes/, 'pilote#la-vie-d-une-campagne', 'conseiller#avant-d-appeler'],
  [
    /^\/travail-a-reprendre/,
    'pilote#reprendre-le-travail-de-qui-n-est-plus-la',
    'responsable#reprendre-le-travail-d-un-collegue',
  ],
  [/^\/indicateurs/, 'pilote#les-quatre-indicateurs'],
  [/^\/territoires/, 'pilote#la-task-force'],
  [/^\/pseudonymes/, 'rgc#8-une-personne-part', 'cssi#les-acces-coupes-securite'],
  [/^\/habilitations\/demandes/, 'rgc#5-repondre-aux-demandes'],
  [/^\/habilitations\/anomalies/, 'rgc#7-corriger-les-anomalies'],
  [/^\/habilitations/, 'rgc#4-habiliter'],
  [/^\/revues/, 'rgc#9-la-revue-annuelle', 'signataire#la-revue-des-acces', 'cssi#les-revues-en-retard'],
  [/^\/responsables-de-comptes/, 'signataire#vos-responsables-de-comptes', 'rgc#1-prendre-vos-fonctions'],
  [/^\/conventions\/modele/, 'administrateur#le-modele-de-convention'],
  [
    /^\/conventions/,
    'signataire#la-convention',
    'direction-regionale#preparer-une-convention',
    'interlocuteurs#la-convention',
    'cssi#les-evaluations-de-la-securite-conventions',
    'dpd#ou-commencer',
  ],
  [/^\/roles-de-la-structure/, 'signataire#les-roles-de-votre-structure-roles', 'rgc#12-les-roles-de-l-annexe-2'],
  [/^\/premieres-connexions/, 'direction-regionale#faire-entrer-un-signataire', 'cssi#faire-entrer-un-premier-rgc'],
  [/^\/demandes-d-acces/, 'administrateur#votre-accueil'],
  [/^\/outils/, 'administrateur#l-annexe-4', 'support#dire-l-etat-d-un-outil'],
  [/^\/textes/, 'administrateur#les-textes'],
  [
    /^\/courriels/,
    'cssi#les-courriels-qui-ne-sont-pas-partis-securite-puis-courriels-non-partis',
    'administrateur#les-courriels-non-partis',
  ],
  [/^\/securite\/rgc/, 'cssi#les-actes-d-engagement-securite-puis-actes-d-engagement-et-attestations'],
  [/^\/securite/, 'cssi#les-acces-coupes-securite'],
  [/^\/journal/, 'cssi#le-journal'],
  [/^\/administration\/connexion/, 'administrateur#les-moyens-de-connexion'],
  [/^\/administration\/cssi-bloques/, 'administrateur#le-compte-d-un-cssi-est-bloque-roles-puis-cssi-bloques'],
  [/^\/administration\/roles/, 'administrateur#donner-les-roles-de-l-operateur-roles'],
  [/^\/administration\/engagements/, 'administrateur#les-types-d-engagement'],
  [/^\/sensibilisations/, 'interlocuteurs#les-sensibilisations'],
  [/^\/equipement/, 'interlocuteurs#l-equipement'],
  [/^\/personnes/, 'connexion#pour-le-rgc-aider-une-personne-qui-ne-peut-plus-se-connecter'],
  [/^\/(mes-notifications|desabonnement)/, 'connexion#ce-dont-l-outil-vous-previent'],
  [/^\/effacements\/suspensions/, 'dpd#suspendre-un-effacement'],
  [/^\/effacements/, 'dpd#ce-qui-s-efface'],
  [/^\/demandes-de-droits/, 'dpd#le-registre-des-demandes'],
  [/^\/donnees-personnelles/, 'dpd#ou-commencer'],
  [/^\/(connexion|mon-compte|mes-droits|conditions|demander-un-acces)/, 'connexion#se-connecter'],
]
const guideOf = (section: string) => section.split('#')[0] as GuideName

/** Where help opens from a page: the section that speaks of it, in a guide of one's own. */
export const helpAddress = (pathname: string, me: Me | undefined): string => {
  const own = ownGuides(me)
  const [, ...sections] = places.find(([page]) => page.test(pathname)) ?? [null]
  const section = sections.find(one => own.includes(guideOf(one))) ?? sections[0]
  return section ? `/aide/${section}` : '/aide'
}
