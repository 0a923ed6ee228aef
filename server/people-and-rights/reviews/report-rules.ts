import { csvOf } from '../../../contract/csv.ts'
import { anomalyWords } from '../../../contract/people-and-rights/anomalies.ts'
import { profileWords, toolWords } from '../../../contract/words.ts'
import { dayInFigures } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'
import type { ReviewDecision } from './decision-rules.ts'
import type { LineRow, ReviewRow } from './review-facts.ts'

const decisionWords: Record<ReviewDecision, string> = {
  keep: 'maintenu',
  reduce: 'réduit',
  suspend: 'suspendu',
  delete: 'supprimé',
}
const attachmentWords = { agent: 'agent', delegate: 'délégataire', contractor: 'prestataire' }
const day = (text: string | null) => (text === null ? '' : dayInFigures(text))
const perimeter = ({ territory, agency }: LineRow) => agency?.name ?? territory?.name ?? ''

const head = [
  'Personne',
  'Fonction',
  'Rattachement',
  'Fin de contrat',
  'Dernière activité',
  'Outil',
  'Profil',
  'Périmètre',
  'Donnée le',
  'Dernier usage',
  'Anomalies',
  'Décision',
  'Nouveau profil',
  'Motif',
  'Décidé le',
  'Décidé par',
]
/** Under « Nouveau profil », with the new perimeter: a column more would change the digest of reviews closed before. */
const reducedTo = ({ toProfile, toTerritory }: LineRow) =>
  [toProfile && profileWords[toProfile], toTerritory?.name].filter(Boolean).join(', ')
const cells = (l: LineRow) => [
  l.person.name,
  l.function,
  attachmentWords[l.attachment],
  day(l.contractEndsOn),
  l.lastActAt ? day(parisDay(l.lastActAt)) : 'jamais',
  l.tool ? toolWords[l.tool] : 'Compte',
  l.profile ? profileWords[l.profile] : '',
  perimeter(l),
  l.grantedAt ? day(parisDay(l.grantedAt)) : '',
  l.tool ? (l.lastUsedOn ? day(l.lastUsedOn) : 'jamais') : '',
  l.anomalies.map(a => anomalyWords[a]).join(', '),
  l.decision ? decisionWords[l.decision] : 'à décider',
  reducedTo(l),
  l.reason ?? '',
  l.decidedAt ? day(parisDay(l.decidedAt)) : '',
  l.decidedBy?.name ?? '',
]
/** Every line of a review, one a row. Its sha256 is what the closing keeps. */
export const reportCsv = (lines: readonly LineRow[]): string => csvOf([head, ...lines.map(cells)])

const count = (n: number, one: string, many: string) => `${n.toLocaleString('fr-FR')} ${n > 1 ? many : one}`
/** What report.typ prints: nothing left to decide there. */
export const reportOf = (review: ReviewRow, lines: readonly LineRow[]) => {
  const closed = review.closedAt !== null
  const corrected = lines.filter(l => l.decision !== null && l.decision !== 'keep')
  const keptAnyway = lines.filter(l => l.decision === 'keep' && l.anomalies.length > 0)
  const table = (caption: string, rows: readonly LineRow[]) => ({
    caption,
    head: ['Personne', 'Accès', 'Anomalies', 'Décision', 'Motif'],
    rows: rows.map(l => [
      `${l.person.name}, ${l.function}`,
      l.tool ? `${toolWords[l.tool]}, ${profileWords[l.profile!]}, ${perimeter(l)}` : 'Compte',
      l.anomalies.map(a => anomalyWords[a]).join(', ') || 'aucune',
      `${decisionWords[l.decision!]}${reducedTo(l) ? ` (${reducedTo(l)})` : ''}, le ${day(parisDay(l.decidedAt!))} par ${l.decidedBy!.name}`,
      l.reason ?? '',
    ]),
  })
  return {
    title: 'Revue des accès',
    above: review.organisation.name,
    footer: `Revue des accès, ${review.organisation.name}, commencée le ${day(parisDay(review.startedAt))}`,
    lead: closed
      ? `Close et signée le ${day(parisDay(review.closedAt!))} par ${review.closedBy!.name}, par un second facteur.`
      : 'Revue en cours : ce document n’est pas le rapport signé.',
    facts: [
      ['Échéance', day(review.dueOn)],
      ['Commencée', `le ${day(parisDay(review.startedAt))} par ${review.startedBy.name}`],
      [
        'Population figée',
        `${count(review.accounts, 'compte', 'comptes')}, ${count(review.lines - review.accounts, 'habilitation', 'habilitations')}`,
      ],
      [
        'Décisions',
        `${count(review.keep, 'maintien', 'maintiens')}, ${count(review.reduce, 'réduction', 'réductions')}, ${count(review.suspend, 'suspension', 'suspensions')}, ${count(review.delete, 'suppression', 'suppressions')}`,
      ],
      ['Arrivés depuis', review.newAccounts.length > 0 ? review.newAccounts.map(a => a.name).join(', ') : 'personne'],
      ...(review.reportDigest ? [['Empreinte du rapport détaillé (CSV, SHA-256)', review.reportDigest]] : []),
    ],
    tables: [
      ...(corrected.length > 0 ? [table('Accès corrigés', corrected)] : []),
      ...(keptAnyway.length > 0 ? [table('Accès maintenus malgré une anomalie', keptAnyway)] : []),
    ],
    empty: corrected.length + keptAnyway.length === 0 ? 'Aucune anomalie : tous les accès sont maintenus.' : null,
  }
}
