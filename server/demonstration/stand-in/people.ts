/**
 * The demonstration's organisations and people, all invented: the stand-in ProConnect lists them, the seed gives
 * accounts to those that have one.
 * Identifiers never change: a person who signed in stays the same person at the next start.
 */
export interface StandInOrganisation {
  readonly key: string
  readonly id: string
  readonly name: string
  readonly kind: 'operateur' | 'epci' | 'mission-locale' | 'plie'
  readonly siret: string
}
export interface StandInPerson {
  /** The subject ProConnect gives; the account's id is another. */
  readonly id: string
  readonly accountId: string | null
  readonly givenName: string
  readonly usualName: string
  readonly email: string
  readonly siret: string
  readonly organisation: string
  readonly idpId: string
  readonly function: string
  /** Things to try by signing in as this person. */
  readonly sentence: string
}

export const organisations = {
  franceTravail: {
    key: 'franceTravail',
    id: '01938000-0000-7000-8000-000000000001',
    name: 'France Travail, direction territoriale Gironde',
    kind: 'operateur',
    siret: '13000548108716',
  },
  jalleEauBourde: {
    key: 'jalleEauBourde',
    id: '01938000-0000-7000-8000-000000000002',
    name: 'Communauté de communes Jalle-Eau-Bourde',
    kind: 'epci',
    siret: '24330116500011',
  },
  montesquieu: {
    key: 'montesquieu',
    id: '01938000-0000-7000-8000-000000000003',
    name: 'Communauté de communes de Montesquieu',
    kind: 'epci',
    siret: '24330126400012',
  },
  missionLocale: {
    key: 'missionLocale',
    id: '01938000-0000-7000-8000-000000000004',
    name: 'Mission locale des Graves',
    kind: 'mission-locale',
    siret: '90012345600015',
  },
  plie: {
    key: 'plie',
    id: '01938000-0000-7000-8000-000000000005',
    name: 'PLIE Portes du Sud',
    kind: 'plie',
    siret: '90023456800013',
  },
} as const satisfies Record<string, StandInOrganisation>

/** Identity providers, as ProConnect names them by `idp_id`. */
export const idps = {
  agents: '71144ab3-ee1a-4401-b7b3-79b44f7daeeb',
  collectivites: '5c2f6b0e-8a57-4a1e-9d0c-0b7d7f3f1a01',
  reseauEmploi: 'e4d1c6a2-53b4-4c0b-8a6f-91c7a5d8b102',
} as const

const person = (
  n: number,
  organisation: StandInOrganisation,
  idpId: string,
  givenName: string,
  usualName: string,
  email: string,
  job: string,
  sentence: string,
  hasAccount = true,
): StandInPerson => ({
  id: `7d3a1c50-2f4e-4b8a-9c00-0000000000${String(n).padStart(2, '0')}`,
  accountId: hasAccount ? `01938000-0000-7000-9000-0000000000${String(n).padStart(2, '0')}` : null,
  givenName,
  usualName,
  email,
  siret: organisation.siret,
  organisation: organisation.name,
  idpId,
  function: job,
  sentence,
})

export const people = {
  claire: person(
    1,
    organisations.jalleEauBourde,
    idps.collectivites,
    'Claire',
    'Dufau',
    'claire.dufau@jalle-eau-bourde.example',
    'Conseillère entreprises',
    'contacte les entreprises et note les échanges',
  ),
  karim: person(
    2,
    organisations.missionLocale,
    idps.reseauEmploi,
    'Karim',
    'Belkacem',
    'karim.belkacem@mission-locale-graves.example',
    'Conseiller entreprises',
    'contacte les entreprises pour les jeunes suivis',
  ),
  ines: person(
    3,
    organisations.jalleEauBourde,
    idps.collectivites,
    'Inès',
    'Garat',
    'ines.garat@jalle-eau-bourde.example',
    'Développeuse économique',
    'pilote les campagnes de la task force',
  ),
  paul: person(
    4,
    organisations.plie,
    idps.reseauEmploi,
    'Paul',
    'Lestage',
    'paul.lestage@plie-portes-du-sud.example',
    'Responsable du pôle entreprises',
    'répartit les cibles de sa structure',
  ),
  nadia: person(
    5,
    organisations.franceTravail,
    idps.agents,
    'Nadia',
    'Ferrand',
    'nadia.ferrand@operateur.example',
    'Conseillère entreprises',
    'contacte les entreprises pour l’opérateur',
  ),
  odile: person(
    6,
    organisations.franceTravail,
    idps.agents,
    'Odile',
    'Marchand',
    'odile.marchand@operateur.example',
    'Correspondante sécurité (CSSI)',
    'veille à la sécurité pour l’opérateur',
  ),
  samir: person(
    7,
    organisations.franceTravail,
    idps.agents,
    'Samir',
    'Vidal',
    'samir.vidal@operateur.example',
    'Administrateur du service',
    'administre le service pour l’opérateur',
  ),
  maite: person(
    9,
    organisations.jalleEauBourde,
    idps.collectivites,
    'Maïté',
    'Harispe',
    'maite.harispe@jalle-eau-bourde.example',
    'Secrétaire générale',
    'gère les comptes de sa structure (RGC)',
  ),
  gilles: person(
    10,
    organisations.jalleEauBourde,
    idps.collectivites,
    'Gilles',
    'Arnaudin',
    'gilles.arnaudin@jalle-eau-bourde.example',
    'Vice-président',
    'signe pour sa structure',
  ),
  bruno: person(
    11,
    organisations.missionLocale,
    idps.reseauEmploi,
    'Bruno',
    'Pémartin',
    'bruno.pemartin@mission-locale-graves.example',
    'Directeur',
    'gère les comptes de sa structure (RGC) et signe pour elle',
  ),
  sylvie: person(
    12,
    organisations.franceTravail,
    idps.agents,
    'Sylvie',
    'Barrère',
    'sylvie.barrere@operateur.example',
    'Direction régionale',
    'suit les conventions de la région',
  ),
  hugo: person(
    8,
    organisations.montesquieu,
    idps.collectivites,
    'Hugo',
    'Castets',
    'hugo.castets@montesquieu.example',
    'Chargé de mission',
    'n’a pas de compte ici',
    false,
  ),
} as const satisfies Record<string, StandInPerson>

export const everyone: readonly StandInPerson[] = Object.values(people)
