import type { Static } from 'typebox'
import type {
  Correspondent as CorrespondentSchema,
  correspondentFields,
  informedWays,
  preferredChannels,
  retirementReasons,
} from '../../../contract/work-with-employers/correspondents/correspondents.ts'
import { formatDay, formatPhone } from '../../platform/format.ts'

export type Correspondent = Static<typeof CorrespondentSchema>
export type Field = (typeof correspondentFields)[number]

/** In the order they are typed. */
export const typedFields = [
  'civility',
  'givenName',
  'familyName',
  'role',
  'phone',
  'otherPhone',
  'email',
  'postalAddress',
  'preferredChannel',
] as const satisfies readonly Field[]

/** In the order they are read on the card. */
export const fieldLabels: Partial<Record<Field, string>> = {
  role: 'Fonction',
  phone: 'Téléphone',
  otherPhone: 'Autre téléphone',
  email: 'Courriel',
  postalAddress: 'Adresse',
  preferredChannel: 'À joindre plutôt',
}
export const nameLabels = { civility: 'Civilité', givenName: 'Prénom', familyName: 'Nom' }
export const allLabels = { ...nameLabels, ...fieldLabels } as Record<Field, string>
export const channelWords: Record<(typeof preferredChannels)[number], string> = {
  telephone: 'par téléphone',
  courriel: 'par courriel',
  visite: 'en visite',
}
export const reasonWords: Record<(typeof retirementReasons)[number], string> = {
  parti: 'A quitté l’entreprise',
  'autre-poste': 'A changé de poste',
  'ne-souhaite-plus': 'Ne souhaite plus être sollicité',
  'saisi-par-erreur': 'Saisi par erreur',
}
export const informedWords: Record<(typeof informedWays)[number], string> = {
  oral: 'de vive voix',
  courriel: 'par courriel',
  courrier: 'par courrier',
}

export const valueWords = (field: Field, value: string): string => {
  if (field === 'phone' || field === 'otherPhone') return formatPhone(value)
  return field === 'preferredChannel' ? (channelWords[value as keyof typeof channelWords] ?? value) : value
}
export const informedSentence = ({ on, how, organisationName }: NonNullable<Correspondent['informed']>) =>
  `Informé que ses coordonnées sont conservées : ${informedWords[how]}, le ${formatDay(on)} (${organisationName})`

export const firstOf = ({ values }: Pick<Correspondent, 'values'>, field: Field): string =>
  values.find(value => value.field === field)?.value ?? ''
/** « Anne Pons » ; else the role, which always stands for a name. */
export const personName = (person: Pick<Correspondent, 'values'>): string =>
  [firstOf(person, 'givenName'), firstOf(person, 'familyName')].filter(Boolean).join(' ') ||
  firstOf(person, 'role') ||
  'Nom non renseigné'
/** « Anne Pons, gérante »: what an exchange says of whom was met. */
export const metWords = (person: Pick<Correspondent, 'values'>): string => {
  const names = [firstOf(person, 'givenName'), firstOf(person, 'familyName')].filter(Boolean).join(' ')
  return [names, firstOf(person, 'role')].filter(Boolean).join(', ')
}

const civilityOf = /^(madame|mme|monsieur|m\.?)(?=\s|$)/i
/** What was typed of whom was met, cut into fields: « Mme Anne Pons, gérante ». */
export const cutName = (typed: string): Partial<Record<Field, string>> => {
  const [before = '', ...role] = typed.trim().split(',')
  const civility = civilityOf.exec(before)?.[0]
  const names = before
    .slice(civility?.length ?? 0)
    .trim()
    .split(/\s+/)
    .filter(Boolean)
  const given = names.length > 1 ? names.shift() : undefined
  return {
    ...(civility ? { civility: /^m(me|adame)/i.test(civility) ? 'Mme' : 'M.' } : {}),
    ...(given ? { givenName: given } : {}),
    ...(names.length ? { familyName: names.join(' ') } : {}),
    ...(role.length ? { role: role.join(',').trim() } : {}),
  }
}
