import { type ServiceKind, serviceKinds } from '../../../contract/territory-and-register/sought.ts'
import {
  type ServiceResult,
  serviceKindLabels,
  serviceResultLabels,
  serviceResults,
} from '../../../contract/work-with-employers/services/services.ts'
import { isDay } from '../../platform/time.ts'
import { siretAt } from '../../territory-and-register/recruitments/hiring-line-rules.ts'
import { afprEnd, areDaysPossible, firstDay } from './service-rules.ts'

/** What is kept of a line. The other columns are never looked at, the words of a result neither. */
export interface ServiceLine {
  readonly reference: string
  readonly siret: number
  readonly kind: ServiceKind
  readonly usedOn: string
  readonly endedOn: string | null
  readonly result: ServiceResult
  /** Null: the file does not say when it was true. */
  readonly saidOn: string | null
}
export const columns = ['reference', 'siret', 'service', 'date_debut'] as const
const optional = ['date_fin', 'resultat', 'date_maj'] as const

/** « Présélection » and « PRESELECTION » are one word. */
const plain = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
const known = <T extends string>(codes: readonly T[], labels: Record<T, string>, others: Record<string, T>) =>
  new Map<string, T>([
    ...codes.flatMap(code => [[code, code] as const, [plain(labels[code]), code] as const]),
    ...Object.entries(others),
  ])
const kinds = known(serviceKinds, serviceKindLabels, {
  'conseil-rh': 'conseil',
  offre: 'redaction-offre',
  'redaction-de-l-offre': 'redaction-offre',
  pdp: 'promotion-profil',
  immersion: 'pmsmp',
  'methode-de-recrutement-par-simulation': 'mrs',
  poe: 'poei',
  pec: 'contrat-aide',
  cie: 'contrat-aide',
  'job-dating': 'evenement',
})
const results = known(serviceResults, serviceResultLabels, {})

/** An operator's own number: no words, no address, nor the number of a person (NIR), however it is cut. */
const isReference = (text: string): boolean =>
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ||
  (/^(?=.*\d)(?=(?:[^A-Za-z]*[A-Za-z]){0,5}[^A-Za-z]*$)[A-Za-z0-9._/-]{1,40}$/.test(text) &&
    !/^[12]\d{4}(?:\d\d|2[AB])\d{6}(?:\d\d)?$/i.test(text.replaceAll(/[._/-]/g, '')))
/** « 2026-03-02 » or « 02/03/2026 », alone or before a time; null: empty; undefined: no day. */
const dayOf = (text: string): string | null | undefined => {
  if (text === '' || text === 'NULL') return null
  const [, year, month, day, d, m, y] =
    /^(?:(\d{4})-(\d{2})-(\d{2})|(\d{2})\/(\d{2})\/(\d{4}))(?:[ T].*)?$/.exec(text) ?? []
  const read = `${year ?? y}-${month ?? m}-${day ?? d}`
  return isDay(read) ? read : undefined
}

type Read = (buffer: Buffer, starts: Int32Array, ends: Int32Array) => ServiceLine | string

/** Reads a sound line; answers why it is set aside, if it is. */
export const readerOf = (header: readonly string[], today: string): Read => {
  const at = new Map([...columns, ...optional].map(name => [name, header.indexOf(name)]))
  return (buffer, starts, ends) => {
    const textOf = (name: (typeof columns)[number] | (typeof optional)[number]): string => {
      const column = at.get(name)!
      if (column < 0) return ''
      const bytes = buffer.subarray(starts[column], ends[column])
      const utf8 = bytes.toString('utf8')
      return (utf8.includes('\uFFFD') ? bytes.toString('latin1') : utf8).replace(/^"(.*)"$/s, '$1').trim()
    }
    const bytes = Buffer.from(textOf('siret'), 'latin1')
    const siret = siretAt(bytes, 0, bytes.length)
    if (typeof siret === 'string') return siret
    const reference = textOf('reference')
    if (!isReference(reference)) return 'no-service-reference'
    const kind = kinds.get(plain(textOf('service')))
    if (!kind) return 'unknown-service'
    const [usedOn, endedOn, saidOn] = [
      dayOf(textOf('date_debut')),
      dayOf(textOf('date_fin')),
      dayOf(textOf('date_maj')),
    ]
    if (!usedOn || endedOn === undefined || saidOn === undefined) return 'unreadable-day'
    if (usedOn < firstDay || usedOn > today) return 'service-day-outside'
    if (!areDaysPossible({ usedOn, endedOn }, today)) return 'service-ended-before'
    if (saidOn !== null && saidOn > today) return 'service-day-outside'
    if (kind === 'afpr' && usedOn >= afprEnd) return 'service-of-the-past'
    const said = plain(textOf('resultat'))
    const result = said === '' ? 'non-connu' : results.get(said)
    if (!result) return 'unknown-service-result'
    return { reference, siret, kind, usedOn, endedOn, result, saidOn }
  }
}
