import { actSentences, subjectWords } from '../../../contract/acts.ts'
import type { trailScopes } from '../../../contract/oversight/audit.ts'
import { formatInstant, formatSiret } from '../../platform/format.ts'

export type Scope = (typeof trailScopes)[number]
export const scopeWords: Record<Scope, string> = {
  own: 'Mes actes',
  'about-me': 'Sur mon compte',
  organisation: 'Ma structure',
  all: 'Toutes les structures',
}
export const emptyWords: Record<Scope, string> = {
  own: 'Vos actes s’inscrivent ici à mesure que vous travaillez.',
  'about-me': 'Personne n’a rien fait sur votre compte.',
  organisation: 'Les actes des personnes de votre structure s’inscrivent ici.',
  all: 'Les actes de toutes les structures s’inscrivent ici.',
}

/** The act, said of who did it; its code when this version of the pages does not know it yet. */
export const sentenceOf = (action: string): string => actSentences[action] ?? action
export const inCapital = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1)

export const kindOptions = Object.entries(subjectWords)
  .map(([value, label]) => ({ value, label }))
  .sort((a, b) => a.label.localeCompare(b.label, 'fr'))
export const kindWord = (kind: string): string => subjectWords[kind] ?? kind

interface Subject {
  readonly kind: string
  readonly id: string
  readonly name: string | null
}
/** What the act was on, in words; an identifier alone says nothing and is left to the detail. */
export const subjectInWords = ({ kind, id, name }: Subject): string =>
  name ? `${kindWord(kind)} : ${name}` : /^\d{14}$/.test(id) ? `${kindWord(kind)} ${formatSiret(id)}` : kindWord(kind)
export const subjectLink = ({ kind, id }: Subject): string | undefined =>
  kind === 'campaign'
    ? `/campagnes/${id}`
    : kind === 'establishment' && /^\d{14}$/.test(id)
      ? `/etablissements/${id}`
      : kind === 'exchange'
        ? `/echanges/${id}`
        : undefined

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const inWords = (value: unknown): string =>
  value === null || value === undefined || value === ''
    ? 'rien'
    : value === true
      ? 'oui'
      : value === false
        ? 'non'
        : typeof value === 'string'
          ? /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)
            ? formatInstant(value)
            : value
          : typeof value === 'number'
            ? String(value)
            : Array.isArray(value)
              ? value.length === 0
                ? 'rien'
                : value.map(inWords).join(', ')
              : Object.entries(value)
                  .map(([name, one]) => `${nameWord(name)} : ${inWords(one)}`)
                  .join(' ; ')

/** Members of details that come often, in French; the others as they are. */
const names: Readonly<Record<string, string>> = {
  '': 'Valeur',
  status: 'État',
  reason: 'Motif',
  name: 'Nom',
  targets: 'Cibles',
  persons: 'Personnes montrées',
  establishments: 'Établissements',
  route: 'Adresse de l’API',
  kind: 'Nature',
  siret: 'SIRET',
  startsOn: 'Début',
  endsOn: 'Fin',
  occurredOn: 'Jour',
  notes: 'Notes',
  note: 'notes',
  person: 'personne rencontrée',
  need: 'besoin',
  characters: 'Textes (nombre de caractères)',
  sha256: 'Empreinte',
  version: 'Version',
  personMet: 'Personne rencontrée',
  result: 'Résultat',
  channel: 'Canal',
  visibility: 'Visible par',
  campaignId: 'Campagne',
  organisationId: 'Structure',
  accountId: 'Compte',
  role: 'Rôle',
  tool: 'Outil',
  profile: 'Profil',
  method: 'Méthode',
  incident: 'Incident',
  verdict: 'Constat',
  why: 'Motif',
  count: 'Nombre',
  boxes: 'Secrets',
  passwords: 'Mots de passe',
  moved: 'Cibles déplacées',
}
export const nameWord = (name: string): string => names[name] ?? name

export interface DetailLine {
  readonly name: string
  readonly before: string | null
  readonly after: string
}
/** The detail of an act, line by line: before and after where it says both, else what it says. */
export const detailLines = (detail: unknown): DetailLine[] => {
  if (!isObject(detail))
    return detail === null || detail === undefined ? [] : [{ name: '', before: null, after: inWords(detail) }]
  const { before, after, ...rest } = detail
  const both =
    before === undefined && after === undefined
      ? []
      : isObject(before ?? {}) && isObject(after ?? {})
        ? [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].map(name => ({
            name,
            before: inWords((before as Record<string, unknown> | undefined)?.[name]),
            after: inWords((after as Record<string, unknown> | undefined)?.[name]),
          }))
        : [{ name: '', before: inWords(before), after: inWords(after) }]
  return [...both, ...Object.entries(rest).map(([name, value]) => ({ name, before: null, after: inWords(value) }))]
}
