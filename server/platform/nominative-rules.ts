import { plain } from './plain-words.ts'

/**
 * Words that name a service rather than a person: several people read such a mailbox, and an act would be nobody's
 * (annex 1, 1.2).
 */
const shared = new Set([
  'accueil',
  'admin',
  'administratif',
  'administration',
  'agence',
  'antenne',
  'bienvenue',
  'bonjour',
  'bureau',
  'communication',
  'compta',
  'comptabilite',
  'comptes',
  'contact',
  'contacts',
  'courrier',
  'developpement',
  'dg',
  'dgs',
  'direction',
  'dpd',
  'dpo',
  'drh',
  'dsi',
  'eco',
  'economie',
  'emploi',
  'entreprise',
  'entreprises',
  'equipe',
  'formation',
  'gestion',
  'hello',
  'info',
  'information',
  'informations',
  'informatique',
  'infos',
  'insertion',
  'juridique',
  'mail',
  'maire',
  'mairie',
  'mission',
  'noreply',
  'offres',
  'partenariat',
  'partenariats',
  'plie',
  'pole',
  'poste',
  'presidence',
  'president',
  'recrutement',
  'rgc',
  'rgpd',
  'rh',
  'secretariat',
  'service',
  'services',
  'si',
  'standard',
  'support',
  'team',
  'territoire',
  'webmaster',
])

const wordsOf = (text: string) =>
  plain(text)
    .split(/[^a-z]+/)
    .filter(word => word !== '')

/**
 * A mailbox that several people read: `contact@`, `rh.sud@`, `ne-pas-repondre@`.
 * A mailbox with a part of the person's name is theirs, even where that name is listed (« Agnès Bureau »).
 */
export const isSharedMailbox = (
  email: string,
  person: { readonly givenName: string; readonly familyName: string },
): boolean => {
  const local = email.split('@')[0]!
  const words = wordsOf(local)
  if (words.join('') === 'nepasrepondre' || words.length === 0) return true
  const names = [...wordsOf(person.givenName), ...wordsOf(person.familyName)].filter(name => name.length > 1)
  if (words.some(word => names.includes(word) || names.some(name => name.length > 2 && word.includes(name))))
    return false
  return words.some(word => shared.has(word))
}

/** Who a person is, as typed: without spaces around, the address in small letters. */
export const trimmedIdentity = (typed: {
  readonly givenName: string
  readonly familyName: string
  readonly function: string
  readonly email: string
}) => ({
  givenName: typed.givenName.trim(),
  familyName: typed.familyName.trim(),
  function: typed.function.trim(),
  email: typed.email.trim().toLowerCase(),
})
