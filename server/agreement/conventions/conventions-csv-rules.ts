import type { Static } from 'typebox'
import type { ConventionLine as LineSchema } from '../../../contract/agreement/conventions.ts'
import { csvOf } from '../../../contract/csv.ts'
import { dayInFigures } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'
import type { State } from './deadlines.ts'

const stateWords: Record<State, string> = {
  draft: 'projet',
  sent: 'à signer',
  'signed-by-one': 'signée par une partie',
  'in-force': 'en vigueur',
  'notice-given': 'congé donné',
  'breach-notified': 'manquement notifié',
  ended: 'terminée',
  terminated: 'résiliée',
}

/** For the spreadsheets of France, days as they are written there. */
export const conventionsCsv = (lines: readonly Static<typeof LineSchema>[]): string => {
  const figures = (day: string | null) => day && dayInFigures(day)
  const head = [
    'Numéro',
    'Partenaire',
    'Région',
    'État',
    'En vigueur depuis',
    'Fin de la période',
    'Fin notifiée',
    'Interlocuteurs manquants',
    'Sans RGC',
    'Sans territoire',
    'Sensibilisations en retard',
    'Revue des accès en retard depuis le',
    'Évaluation de la sécurité en retard depuis le',
  ]
  return csvOf([
    head,
    ...lines.map(l => [
      l.number,
      l.organisation.name,
      l.region.name,
      stateWords[l.state],
      figures(l.effectiveFrom && parisDay(new Date(l.effectiveFrom))),
      figures(l.termEndsOn),
      figures(l.endsAt && parisDay(new Date(Date.parse(l.endsAt) - 1))),
      l.missingContacts.join(', '),
      l.withoutRgc ? 'oui' : l.rgcUncertified ? 'sans attestation' : 'non',
      l.withoutTerritories ? 'oui' : 'non',
      l.awarenessDue,
      figures(l.reviewLateSince),
      figures(l.assessmentLateSince),
    ]),
  ])
}
