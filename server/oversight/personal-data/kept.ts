import type { EndName } from './endings.ts'

/** `user`: holds an account; `correspondent`: answers for an employer; `anyone`: free words may name anybody. */
export const whoseWords = {
  user: 'utilisateur',
  correspondent: 'interlocuteur d’un employeur',
  contact: 'interlocuteur d’une convention',
  signatory: 'signataire',
  'third-party': 'délégataire ou prestataire',
  employer: 'employeur, entrepreneur individuel compris',
  anyone: 'toute personne nommée',
} as const
export const categoryWords = {
  identity: 'identité',
  contact: 'coordonnées',
  work: 'vie professionnelle',
  rights: 'accès et habilitations',
  'sign-in': 'connexion',
  activity: 'usage du service',
  acts: 'actes',
  agreement: 'convention',
  relation: 'relation avec un employeur',
  words: 'texte libre',
  register: 'répertoire public',
} as const
export type Whose = keyof typeof whoseWords
export type Category = keyof typeof categoryWords

/** `account:account_id`: the column equals the person's; `through:event_id=rgc_events.id`: by rows found there. */
export type Find =
  | `${'account' | 'account-subject' | 'correspondent' | 'contact' | 'email'}:${string}`
  | `through:${string}=${string}.${string}`

/**
 * What a table keeps of persons. Each column of the table stands in one list, its names parted by spaces:
 * `about`, on whom `finds` answers; `acts`, the account that acted; `texts`, words or JSON that may name anybody;
 * `withheld`, secrets and digests that no export gives; `none`, nothing of a person.
 */
export interface KeptTable {
  /** In French, what its rows are. */
  readonly says: string
  readonly whose: Whose
  readonly category: Category
  readonly ends: EndName
  /** Columns that end otherwise. */
  readonly endsOf?: Readonly<Partial<Record<EndName, string>>>
  readonly finds?: readonly Find[]
  readonly about?: string
  readonly acts?: string
  readonly texts?: string
  readonly withheld?: string
  readonly none?: string
}

export type Part = 'about' | 'acts' | 'texts' | 'withheld' | 'none'
export const parts: readonly Part[] = ['about', 'acts', 'texts', 'withheld', 'none']
