import { Type } from 'typebox'
import { Nullable, oneOf } from '../common.ts'

/**
 * The two nomenclatures of activities one searches in. A code means something only with its own: « K » is finance in
 * one, telecommunications in the other.
 */
export const nomenclatures = ['NAFRev2', 'NAF25'] as const
export type Nomenclature = (typeof nomenclatures)[number]
export const nomenclatureNames: Record<Nomenclature, string> = { NAFRev2: 'NAF rév. 2', NAF25: 'NAF 2025' }
/** Décret 2025-736: NAF 2025 is the official activity from this day on. */
export const naf2025From = '2027-01-01'
export const nomenclatureOn = (day: string): Nomenclature => (day < naf2025From ? 'NAFRev2' : 'NAF25')

/** An activity as it is asked and kept: "56.10A" of NAF rév. 2, "NAF25:56.11Y" of NAF 2025. */
export const ActivityCode = Type.String({
  maxLength: 12,
  pattern: '^(NAF25:)?([A-V]|\\d{2}(\\.\\d{1,2}[A-Z]?)?)$',
  description:
    'Section, division, groupe, classe ou code de la NAF rév. 2 ; de la NAF 2025 quand il commence par « NAF25: »',
})
export interface Activity {
  readonly nomenclature: Nomenclature
  readonly code: string
}
export const readActivity = (asked: string): Activity =>
  asked.startsWith('NAF25:')
    ? { nomenclature: 'NAF25', code: asked.slice(6) }
    : { nomenclature: 'NAFRev2', code: asked }
export const writeActivity = ({ nomenclature, code }: Activity): string =>
  nomenclature === 'NAF25' ? `NAF25:${code}` : code

/** An activity as the register gives it: a code never goes without its nomenclature. */
export const ActivityFact = Type.Object({
  code: Type.String(),
  nomenclature: Type.String(),
  label: Nullable(Type.String()),
  corresponds: Type.Optional(
    Type.Object(
      {
        nomenclature: oneOf(nomenclatures),
        codes: Type.Array(Type.Object({ code: Type.String(), label: Nullable(Type.String()) }), { minItems: 1 }),
        source: oneOf(['insee', 'register']),
        edition: Type.String({
          description: 'Le mois de la table de l’INSEE, ou le jour où le répertoire a été compté',
        }),
      },
      {
        description: 'Dans la nomenclature en vigueur, quand le répertoire n’y donne pas de code ; plusieurs possibles',
      },
    ),
  ),
})

type Table = Record<string, [label: string, divisions: Record<string, string>]>
/**
 * Sections and divisions of NAF rév. 2 in short words of our own: what a person chooses among, and what a card says.
 */
const rev2: Table = {
  A: [
    'Agriculture, sylviculture et pêche',
    {
      '01': 'Culture, élevage et chasse',
      '02': 'Sylviculture et exploitation forestière',
      '03': 'Pêche et aquaculture',
    },
  ],
  B: [
    'Industries extractives',
    {
      '05': 'Extraction de houille et de lignite',
      '06': 'Extraction d’hydrocarbures',
      '07': 'Extraction de minerais métalliques',
      '08': 'Carrières et autres industries extractives',
      '09': 'Services de soutien aux industries extractives',
    },
  ],
  C: [
    'Industrie manufacturière',
    {
      10: 'Industries alimentaires',
      11: 'Fabrication de boissons',
      12: 'Fabrication de produits à base de tabac',
      13: 'Fabrication de textiles',
      14: 'Industrie de l’habillement',
      15: 'Industrie du cuir et de la chaussure',
      16: 'Travail du bois',
      17: 'Industrie du papier et du carton',
      18: 'Imprimerie et reproduction',
      19: 'Cokéfaction et raffinage',
      20: 'Industrie chimique',
      21: 'Industrie pharmaceutique',
      22: 'Caoutchouc et plastique',
      23: 'Verre, céramique, béton et autres minéraux',
      24: 'Métallurgie',
      25: 'Fabrication de produits métalliques',
      26: 'Produits informatiques, électroniques et optiques',
      27: 'Équipements électriques',
      28: 'Machines et équipements',
      29: 'Industrie automobile',
      30: 'Autres matériels de transport',
      31: 'Fabrication de meubles',
      32: 'Autres industries manufacturières',
      33: 'Réparation et installation de machines',
    },
  ],
  D: ['Électricité, gaz, vapeur et air conditionné', { 35: 'Électricité, gaz, vapeur et air conditionné' }],
  E: [
    'Eau, assainissement et déchets',
    {
      36: 'Captage, traitement et distribution d’eau',
      37: 'Collecte et traitement des eaux usées',
      38: 'Collecte, traitement et récupération des déchets',
      39: 'Dépollution',
    },
  ],
  F: [
    'Construction',
    { 41: 'Construction de bâtiments', 42: 'Génie civil', 43: 'Travaux de construction spécialisés' },
  ],
  G: [
    'Commerce et réparation automobile',
    { 45: 'Commerce et réparation d’automobiles', 46: 'Commerce de gros', 47: 'Commerce de détail' },
  ],
  H: [
    'Transports et entreposage',
    {
      49: 'Transports terrestres',
      50: 'Transports par eau',
      51: 'Transports aériens',
      52: 'Entreposage et services auxiliaires des transports',
      53: 'Poste et courrier',
    },
  ],
  I: ['Hébergement et restauration', { 55: 'Hébergement', 56: 'Restauration' }],
  J: [
    'Information et communication',
    {
      58: 'Édition',
      59: 'Cinéma, vidéo, télévision et musique',
      60: 'Programmation et diffusion',
      61: 'Télécommunications',
      62: 'Programmation et conseil informatiques',
      63: 'Services d’information',
    },
  ],
  K: [
    'Finance et assurance',
    { 64: 'Services financiers', 65: 'Assurance', 66: 'Auxiliaires de la finance et de l’assurance' },
  ],
  L: ['Immobilier', { 68: 'Activités immobilières' }],
  M: [
    'Activités spécialisées, scientifiques et techniques',
    {
      69: 'Activités juridiques et comptables',
      70: 'Sièges sociaux et conseil de gestion',
      71: 'Architecture, ingénierie et contrôle',
      72: 'Recherche et développement',
      73: 'Publicité et études de marché',
      74: 'Autres activités spécialisées',
      75: 'Activités vétérinaires',
    },
  ],
  N: [
    'Services administratifs et de soutien',
    {
      77: 'Location',
      78: 'Activités liées à l’emploi',
      79: 'Agences de voyage',
      80: 'Enquêtes et sécurité',
      81: 'Nettoyage, bâtiments et espaces verts',
      82: 'Services administratifs aux entreprises',
    },
  ],
  O: ['Administration publique', { 84: 'Administration publique et sécurité sociale' }],
  P: ['Enseignement', { 85: 'Enseignement' }],
  Q: [
    'Santé humaine et action sociale',
    { 86: 'Santé', 87: 'Hébergement médico-social et social', 88: 'Action sociale sans hébergement' },
  ],
  R: [
    'Arts, spectacles et loisirs',
    { 90: 'Arts et spectacles', 91: 'Bibliothèques, musées et culture', 92: 'Jeux de hasard', 93: 'Sports et loisirs' },
  ],
  S: [
    'Autres activités de services',
    { 94: 'Organisations associatives', 95: 'Réparation d’ordinateurs et d’objets', 96: 'Autres services personnels' },
  ],
  T: [
    'Ménages employeurs',
    { 97: 'Ménages employeurs de personnel domestique', 98: 'Production des ménages pour eux-mêmes' },
  ],
  U: ['Activités extraterritoriales', { 99: 'Organisations extraterritoriales' }],
}

export interface Division {
  readonly code: string
  readonly label: string
}
export interface Section extends Division {
  readonly divisions: readonly Division[]
}
const byCode = (one: Division, other: Division) => one.code.localeCompare(other.code)

/**
 * NAF 2025 differs: vehicles are sold in 46 and 47 and repaired in 95. Content, telecommunications and computing part
 * ways.
 * The letters after I move on by one.
 */
const content = {
  58: 'Édition',
  59: 'Cinéma, vidéo, télévision et musique',
  60: 'Programmation, diffusion et agences de presse',
}
const computing = {
  61: 'Télécommunications',
  62: 'Programmation et conseil informatiques',
  63: 'Infrastructure informatique et services d’information',
}
const of = (letter: string, over: Record<string, string> = {}): [string, Record<string, string>] => [
  rev2[letter]![0],
  { ...rev2[letter]![1], ...over },
]
const naf25: Table = {
  A: of('A'),
  B: of('B'),
  C: of('C'),
  D: of('D'),
  E: of('E'),
  F: of('F'),
  G: ['Commerce', { 46: 'Commerce de gros', 47: 'Commerce de détail' }],
  H: of('H'),
  I: of('I'),
  J: ['Édition, diffusion et contenus', content],
  K: ['Télécommunications et informatique', computing],
  L: of('K'),
  M: of('L'),
  N: of('M', { 74: 'Autres activités spécialisées', 73: 'Publicité, études de marché et relations publiques' }),
  O: of('N'),
  P: of('O'),
  Q: of('P'),
  R: of('Q'),
  S: [
    'Arts, sports et loisirs',
    {
      90: 'Création et spectacle vivant',
      91: 'Bibliothèques, musées et culture',
      92: 'Jeux de hasard',
      93: 'Sports et loisirs',
    },
  ],
  T: [
    'Autres activités de services',
    {
      94: 'Organisations associatives',
      95: 'Réparation d’ordinateurs, d’objets et de véhicules',
      96: 'Services personnels',
    },
  ],
  U: of('T'),
  V: of('U'),
}

const read = (table: Table): readonly Section[] =>
  Object.entries(table).map(([code, [label, divisions]]) => ({
    code,
    label,
    divisions: Object.entries(divisions)
      .map(([number, words]) => ({ code: number.padStart(2, '0'), label: words }))
      .sort(byCode),
  }))
export const sectionsOf: Record<Nomenclature, readonly Section[]> = { NAFRev2: read(rev2), NAF25: read(naf25) }
/** Those of NAF rév. 2. */
export const sections = sectionsOf.NAFRev2
