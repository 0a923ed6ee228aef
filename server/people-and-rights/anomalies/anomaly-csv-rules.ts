import type { Static } from 'typebox'
import { csvOf } from '../../../contract/csv.ts'
import { type Anomaly, anomalyWords, correctionWords } from '../../../contract/people-and-rights/anomalies.ts'
import { profileWords, toolWords } from '../../../contract/words.ts'
import { dayInFigures } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'

const day = (instant: string | null) => instant && dayInFigures(parisDay(new Date(instant)))
const head = [
  'Anomalie',
  'Personne',
  'Fonction',
  'Outil',
  'Profil',
  'Périmètre',
  'Habilitée le',
  'Dernier usage',
  'Dernière activité',
  'Fin de contrat',
  'Ouverte le',
  'Corrigée le',
  'Correction',
  'Par',
]

/** As the page shows them. */
export const anomaliesCsv = (lines: readonly Static<typeof Anomaly>[]): string =>
  csvOf([
    head,
    ...lines.map(({ kind, person, grant, evidence: e, openedAt, correctedAt, correctedHow, correctedBy }) => [
      anomalyWords[kind],
      person.name,
      e.function,
      grant ? toolWords[grant.tool] : 'Compte',
      grant && profileWords[grant.profile],
      grant && (grant.territory?.name ?? grant.agency?.name ?? null),
      day(grant?.grantedAt ?? null),
      grant ? (e.lastUsedOn === null ? 'jamais' : dayInFigures(e.lastUsedOn)) : null,
      day(e.lastActAt) ?? 'jamais',
      e.contractEndsOn && dayInFigures(e.contractEndsOn),
      day(openedAt),
      day(correctedAt),
      correctedHow && correctionWords[correctedHow],
      correctedBy?.name ?? null,
    ]),
  ])
