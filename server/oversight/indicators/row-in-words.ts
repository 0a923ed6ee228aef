import type { Static } from 'typebox'
import type { listIndicatorRows } from '../../../contract/oversight/indicators.ts'
import type { Tool } from '../../../contract/route.ts'
import { siretText } from '../../platform/siret.ts'
import { type IndicatorCode, type Kind, kindNames, purposeNames, toolNames } from './definitions.ts'
import type { Row } from './indicators.queries.ts'

type Line = Static<typeof listIndicatorRows.reply>['items'][number]
const several = (count: number, one: string, many: string) => `${count} ${count > 1 ? many : one}`
const day = (iso: string) => iso.split('-').reverse().join('/')
const named = (names: Record<string, string>, codes: readonly string[] = []) =>
  codes.map(code => names[code] ?? code).join(', ')

/** A line of a figure as a person reads it, and the page that shows it. */
export const rowInWords = (code: IndicatorCode, row: Row): Line => {
  const { id, label, onDay: on, count } = row
  switch (code) {
    case 'conseillers-utilisateurs':
      return {
        id,
        label,
        on,
        link: null,
        count,
        detail: [
          ...(row.organisations ?? []),
          ...(count === null ? [] : [several(count, 'personne', 'personnes')]),
          named(toolNames, row.tools),
        ].join(' · '),
      }
    case 'usage':
      return {
        id,
        label,
        on,
        link: null,
        count,
        detail: `${toolNames[row.tool as Tool]} : ${kindNames[row.kind as Kind]}`,
      }
    case 'campagnes':
      return {
        id,
        label,
        on,
        link: `/campagnes/${id}`,
        count,
        detail: [
          named(purposeNames, row.purposes),
          `du ${day(row.startsOn!)} au ${day(row.endsOn!)}`,
          `pilote : ${row.organisations![0]}`,
          several(row.members!, 'structure', 'structures'),
        ].join(' · '),
      }
    case 'etablissements': {
      const siret = siretText(row.siret!)
      return {
        id: siret,
        label: label || `Établissement ${siret}`,
        on,
        link: `/etablissements/${siret}`,
        count,
        detail: [
          named(purposeNames, row.purposes),
          several(count!, 'contact abouti', 'contacts aboutis'),
          row.organisations!.join(', '),
        ].join(' · '),
      }
    }
  }
}
