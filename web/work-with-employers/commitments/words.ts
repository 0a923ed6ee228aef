import { commitmentFamilyLabels } from '../../../contract/work-with-employers/commitments.ts'
import { formatDay } from '../../platform/format.ts'
import type { Commitment, Kind } from './queries.ts'

type Version = Commitment['history'][number]

export const familyLabels = commitmentFamilyLabels

export const datesWords = ({ since, until }: Pick<Commitment, 'since' | 'until'>) =>
  until ? `du ${formatDay(since)} au ${formatDay(until)}` : `depuis le ${formatDay(since)}`

export const whoWords = ({ author, organisation }: Pick<Commitment, 'author' | 'organisation'>) =>
  author ? `${author.name} (${organisation.name})` : organisation.name

export const changeWords: Record<Version['change'], string> = {
  noted: 'Noté',
  corrected: 'Corrigé',
  ended: 'Terminé',
  withdrawn: 'Retiré, noté par erreur',
}

/** The address when the evidence is nothing else: shown as a link. */
export const linkOf = (evidence: string): string | null =>
  /^https?:\/\/[^\s/.]+\.\S+$/.test(evidence) ? evidence : null

/** To choose from: those in use, and the one that stands already. */
export const kindOptions = (kinds: readonly Kind[], current?: string) =>
  kinds
    .filter(({ id, retired }) => !retired || id === current)
    .map(({ id, family, label }) => ({ value: id, label: `${familyLabels[family]} : ${label}` }))
