import { holds, holdsRoleSomewhere, type Me, opensData } from '../platform/session.ts'

export interface Entry {
  readonly label: string
  readonly href: string
  readonly serves?: (me: Me) => boolean
  /** What people type for it in the search box, beside its label. */
  readonly words?: string
}

// A page that would only be refused has no entry: the first page says which tools are open to whom, and why not.
const nav: readonly Entry[] = [
  { label: 'Accueil', href: '/', words: 'tableau de bord ma journée à faire' },
  { label: 'Établissements', href: '/etablissements', serves: me => holds(me, 'fiche-etablissement') },
  {
    label: 'Campagnes',
    href: '/campagnes',
    words: 'prospection fidélisation cibles',
    serves: me => holds(me, 'campagnes'),
  },
  {
    label: 'Portefeuille',
    href: '/portefeuille',
    words: 'mes actions rappels rendez-vous cibles',
    serves: me => holds(me, 'campagnes', 'conseiller'),
  },
  {
    label: 'Besoins',
    href: '/besoins',
    serves: me => holds(me, 'campagnes', 'conseiller') && opensData(me, 'besoins'),
  },
  {
    label: 'Indicateurs',
    href: '/indicateurs',
    words: 'statistiques chiffres bilan',
    serves: me => holds(me, 'campagnes'),
  },
  { label: 'Territoires', href: '/territoires', words: 'communes CLPE EPCI task force carte' },
  {
    label: 'Annuaire',
    href: '/annuaire',
    words: 'collègues contacts structures réseau',
    serves: ({ rights }) => rights.length > 0,
  },
  {
    label: 'Habilitations',
    href: '/habilitations',
    serves: ({ roles }) => roles.some(r => ['rgc', 'signataire'].includes(r)),
  },
  {
    label: 'Revue des accès',
    href: '/revues',
    serves: me =>
      holdsRoleSomewhere(me, 'cssi') ||
      me.roles.some(r => ['rgc', 'signataire', 'administrateur', 'direction-regionale'].includes(r)),
  },
  {
    label: 'Rôles',
    href: '/roles-de-la-structure',
    serves: ({ organisation, roles }) =>
      organisation.kind !== 'operateur' && roles.some(r => ['rgc', 'signataire'].includes(r)),
  },
  {
    label: 'Conventions',
    href: '/conventions',
    serves: ({ roles, rolesOfRegions }) => rolesOfRegions.length > 0 || roles.some(r => r !== 'support'),
  },
  { label: 'Demandes de droits', href: '/demandes-de-droits', serves: ({ roles }) => roles.includes('dpd') },
  { label: 'Effacements', href: '/effacements', serves: ({ roles }) => roles.includes('dpd') },
  { label: 'Sécurité', href: '/securite', serves: me => holdsRoleSomewhere(me, 'cssi') },
  {
    label: 'Rôles',
    href: '/administration/roles',
    serves: ({ roles }) => roles.includes('administrateur'),
  },
  {
    label: 'Moyens de connexion',
    href: '/administration/connexion',
    serves: ({ roles }) => roles.includes('administrateur'),
  },
  {
    label: 'Types d’engagement',
    href: '/administration/engagements',
    serves: ({ roles }) => roles.includes('administrateur'),
  },
  {
    label: 'Journal',
    href: '/journal',
    words: 'traces audit historique qui a vu',
    serves: ({ roles }) => roles.some(r => ['rgc', 'cssi'].includes(r)),
  },
  {
    label: 'Mon compte',
    href: '/mon-compte',
    words: 'profil paramètres réglages second facteur codes de secours mot de passe sessions appareils',
  },
]

export const served = (me: Me, of: readonly Entry[]): readonly Entry[] =>
  of.filter(({ serves }) => !serves || serves(me))

/** Those of the menu. */
export const pagesOf = (me: Me): readonly Entry[] => served(me, nav)
