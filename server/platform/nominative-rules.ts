import { plain } from './plain-words.ts'

/**
 * Words that name a service rather than a person: several people read such a mailbox, and an act would be nobody's
 * (annex 1, 1.2).
 */
const shared = new Set([
  'accueil',
  'administratif',
  'administration',
  'admin',
  'agence',
  'bienvenue',
  'bureau',
  'comptabilite',
  'compta',
  'communication',
  'contact',
  'contacts',
  'courrier',
  'dg',
  'dgs',
  'direction',
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
  'infos',
  'information',
  'informatique',
  'insertion',
  'juridique',
  'mairie',
  'mail',
  'mission',
  'noreply',
  'offres',
  'partenariat',
  'partenariats',
  'plie',
  'pole',
  'poste',
  'presidence',
  'recrutement',
  'rgpd',
  'dpo',
  'dpd',
  'rh',
  'secretariat',
  'service',
  'services',
  'support',
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
