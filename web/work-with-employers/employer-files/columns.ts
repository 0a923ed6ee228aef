import type { fileFields } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { plainText } from '../../platform/plain-text.ts'
import type { Sheet } from './sheet.ts'

export type Field = (typeof fileFields)[number]
export const fieldWords: Record<Field, string> = {
  siret: 'SIRET',
  name: 'Nom de l’établissement',
  address: 'Adresse (numéro et rue)',
  postalCode: 'Code postal',
  town: 'Commune',
  civility: 'Interlocuteur : civilité',
  familyName: 'Interlocuteur : nom',
  givenName: 'Interlocuteur : prénom',
  role: 'Interlocuteur : fonction',
  email: 'Interlocuteur : courriel',
  phone: 'Interlocuteur : téléphone',
  otherPhone: 'Interlocuteur : autre téléphone',
  day: 'Échange passé : date',
  channel: 'Échange passé : canal',
  result: 'Échange passé : résultat',
  notes: 'Ce qui s’est dit ; sans date, une note',
}

/** Titles that people give, the most precise first: a field goes to the first column that has one of its words. */
const titles: readonly (readonly [Field, RegExp])[] = [
  ['siret', /\bsiret\b/],
  ['postalCode', /\b(code postal|cp|codepostal)\b/],
  ['civility', /\b(civilite|titre|genre)\b/],
  ['givenName', /\bprenom\b/],
  ['role', /\b(fonction|poste|role|qualite)\b/],
  ['email', /\b(courriel|e ?mail|mail|mel|adresse mail|adresse electronique)\b/],
  ['otherPhone', /\b(autre tel\w*|tel\w* 2|mobile|portable|gsm)\b/],
  ['phone', /\b(tel|telephone|tel\w* 1|numero de tel\w*|standard)\b/],
  ['day', /\b(date|jour|le)\b/],
  ['channel', /\b(canal|moyen|mode|type (de|d) (contact|echange)|nature)\b/],
  ['result', /\b(resultat|suite|issue|statut|conclusion)\b/],
  [
    'notes',
    /\b(note|notes|commentaire|commentaires|compte rendu|observation|observations|remarque|remarques|echange)\b/,
  ],
  ['town', /\b(ville|commune|localite)\b/],
  [
    'familyName',
    /\b(nom (du |de l )?(contact|interlocuteur|correspondant|referent)|interlocuteur|contact|correspondant|nom de famille)\b/,
  ],
  ['name', /\b(raison sociale|entreprise|etablissement|societe|employeur|enseigne|denomination|structure)\b/],
  ['address', /\b(adresse|rue|voie)\b/],
  ['familyName', /\bnom\b/],
]
const wordsOf = (heading: string) =>
  plainText(heading)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
const siretLike = /^\d{14}$/
const emailLike = /^\S+@\S+\.\S+$/

/** What a column holds when its title says nothing. */
const byContent = ({ rows }: Sheet, at: number): Field | null => {
  const cells = rows.slice(0, 100).flatMap(({ cells }) => (cells[at] ? [cells[at]] : []))
  const most = (is: (cell: string) => boolean) => cells.length > 0 && cells.filter(is).length > cells.length / 2
  if (most(cell => siretLike.test(cell.replace(/[\s.\u00a0\u202f]/g, '')))) return 'siret'
  return most(cell => emailLike.test(cell)) ? 'email' : null
}

/** What each column most likely is, each field once; null: left aside. */
export const proposedFields = (sheet: Sheet): (Field | null)[] => {
  const fields: (Field | null)[] = sheet.headings.map(() => null)
  const taken = () => new Set(fields)
  for (const [field, title] of titles) {
    if (taken().has(field)) continue
    const at = sheet.headings.findIndex((heading, n) => fields[n] === null && title.test(wordsOf(heading)))
    if (at >= 0) fields[at] = field
  }
  for (const at of fields.keys()) {
    if (fields[at] !== null) continue
    const found = byContent(sheet, at)
    if (found && !taken().has(found)) fields[at] = found
  }
  return fields
}

/** Why these columns are not enough to import anything. */
export const wrongFields = (fields: readonly (Field | null)[]): string | undefined => {
  const has = (...some: readonly Field[]) => some.some(field => fields.includes(field))
  const twice = fields.find((field, at) => field !== null && fields.indexOf(field) !== at)
  if (twice) return `Deux colonnes sont dites « ${fieldWords[twice]} » : laissez-en une de côté.`
  if (!has('siret') && !(has('name') && has('postalCode', 'town')))
    return 'Dites quelle colonne porte le SIRET, ou le nom avec le code postal ou la commune : c’est ce qui fait reconnaître l’établissement.'
  if (!has('familyName', 'givenName', 'role', 'email', 'phone', 'otherPhone', 'day', 'notes'))
    return 'Dites au moins quelle colonne porte un interlocuteur, la date d’un échange passé ou des notes : sans cela il n’y a rien à importer.'
  return undefined
}
