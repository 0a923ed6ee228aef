import { type FactName, facts } from '../../../contract/work-with-employers/facts.ts'
import { formatCount, formatPhone } from '../../platform/format.ts'
import { sourceOf } from '../correspondents/sources.ts'
import type { FactValue } from './queries.ts'

export const labelOf = (field: FactName) => facts[field].label

/** As a person reads it: a phone in groups, a site without its scheme, a count of persons. */
export const valueWords = (field: FactName, value: string): string => {
  const { shape } = facts[field]
  if (shape === 'phone') return formatPhone(value)
  if (shape === 'count') return formatCount(Number(value), 'personne')
  return shape === 'link' ? value.replace(/^https?:\/\//, '') : value
}
/** Where a press leads, of a phone or of a site. */
export const addressOf = (field: FactName, value: string): string | null => {
  const { shape } = facts[field]
  return shape === 'phone' ? `tel:${value}` : shape === 'link' ? value : null
}

const sourceWords: Record<FactValue['source'], string> = {
  'personne-concernee': 'dit par l’employeur',
  conseiller: 'noté par un conseiller',
}
/** « dit par l’employeur (CC des Essais), 12 mars 2026 ; constaté le 2 mars 2026 ». */
export const factSource = (value: Omit<FactValue, 'proposed'>) => sourceOf(value, sourceWords[value.source])
