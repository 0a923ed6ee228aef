import type { conventionParties } from '../../notices.ts'

type Party = (typeof conventionParties)[number]
export interface Obligation {
  /** Where the model convention sets it; null: the letter itself names the clause. */
  readonly article: string | null
  readonly says: string
  /** Who owes it. */
  readonly binds: readonly Party[]
}
const both: readonly Party[] = ['partenaire', 'operateur']
const partner: readonly Party[] = ['partenaire']

/**
 * What a letter of breach may be about (article 10). The convention says « essential » and lists none: these are the
 * clauses of its articles and annexes that bind, in its order. The SQL twin is the check breach_clauses_bind.
 */
export const obligations = {
  purposes: { article: 'Article 2', says: 'n’employer les outils que pour les finalités prévues', binds: both },
  'state-of-tools': {
    article: 'Article 3.1',
    says: 'publier l’état des outils et annoncer leurs évolutions',
    binds: ['operateur'],
  },
  'third-parties': {
    article: 'Article 3.2',
    says: 'faire respecter les règles des outils par ses agents, ses délégataires et ses prestataires',
    binds: partner,
  },
  confidentiality: { article: 'Article 5', says: 'garder secrètes les informations connues', binds: both },
  'personal-data': { article: 'Article 6', says: 'protéger les données personnelles', binds: both },
  'violations-told': {
    article: 'Article 6',
    says: 'informer l’autre partie d’une violation ou d’une plainte sous 48 heures',
    binds: both,
  },
  'two-factors': { article: 'Article 7', says: 'demander deux facteurs à tout accès', binds: both },
  'security-assessment': {
    article: 'Article 7',
    says: 'faire évaluer chaque année la sécurité de son système',
    binds: partner,
  },
  awareness: {
    article: 'Article 7',
    says: 'sensibiliser ses agents à la sécurité au moins une fois par an',
    binds: partner,
  },
  'intellectual-property': { article: 'Article 8', says: 'respecter la propriété intellectuelle', binds: both },
  'free-of-charge': {
    article: 'Article 9',
    says: 'mettre les outils à disposition sans contrepartie',
    binds: ['operateur'],
  },
  'account-managers': {
    article: 'Annexe 1, articles 1 à 4',
    says: 'avoir un RGC permanent, et déclarer son départ ou son absence sous huit jours',
    binds: partner,
  },
  'smallest-rights': {
    article: 'Annexe 1, article 5',
    says: 'n’ouvrir que des accès nominatifs et nécessaires, et les supprimer au départ',
    binds: partner,
  },
  'yearly-review': {
    article: 'Annexe 1, article 6',
    says: 'revoir tous les accès au moins une fois par an',
    binds: partner,
  },
  other: { article: null, says: 'une autre stipulation', binds: both },
} as const satisfies Record<string, Obligation>
export type ObligationCode = keyof typeof obligations
export const obligationCodes = Object.keys(obligations) as ObligationCode[]

/** The party that complains names what the other owes. */
export const owedTo = (complains: Party): ObligationCode[] =>
  obligationCodes.filter(code => (obligations[code].binds as readonly Party[]).some(party => party !== complains))
/** « Article 7 (sensibiliser…) » ; another clause by the name that the letter gives it. */
export const obligationWords = (code: ObligationCode, otherArticle: string | null): string => {
  const { article, says }: Obligation = obligations[code]
  return article === null ? (otherArticle ?? says) : `${article} (${says})`
}
