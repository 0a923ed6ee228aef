import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/needs.ts'
import type { ReadContext } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { opens, type Viewer } from '../../platform/viewer.ts'
import { correspondentAt } from '../correspondents/met-person.queries.ts'
import { type JobTitleRow, jobTitleByCode } from './job-titles.queries.ts'
import { endsWithHires } from './need-lifecycle.ts'
import type { Said } from './need-writes.queries.ts'

type Input = Static<typeof contract.NeedInput>
export interface Known {
  /** Undefined: not in the list any more. Null: none was chosen. */
  readonly title: JobTitleRow | undefined | null
  readonly correspondentId: string | undefined | null
}
const words = (text: string | null | undefined) => text?.trim() || null

/** What the choices of a form lead to, read before anything is decided. */
export const knownOf = async (
  { jobCode, correspondentId }: Input,
  siret: number,
  { db }: Pick<ReadContext, 'db'>,
): Promise<Known> => {
  const [title, correspondent] = await Promise.all([
    jobCode ? jobTitleByCode(db, jobCode) : null,
    correspondentId ? correspondentAt(db, correspondentId, siret) : null,
  ])
  return { title, correspondentId: correspondent }
}

/**
 * While annex 4 closes « interlocuteurs », nobody is named and a correction keeps whom it does not show (AGR-12). `before`: the
 * correspondent of the need that is corrected.
 */
export const namedIn = (viewer: Viewer, { correspondentId }: Input, known: Known, before: string | null): Known => {
  if (opens(viewer, 'interlocuteurs')) return known
  if (correspondentId) throw new Refused('access/category-closed', { facts: { category: 'interlocuteurs' } })
  return { ...known, correspondentId: before }
}

/** A chosen appellation says its label and its ROME; a job in one's own words has neither. */
export const saidOf = (input: Input, { title, correspondentId }: Known): Said => {
  const { kind, advice = null, posts = null } = input
  const hires = endsWithHires(kind)
  const jobLabel = title ? title.label : words(input.jobLabel)
  if (title === undefined) throw new Refused('need/job-unknown')
  if (kind === 'recrutement' && !jobLabel) throw new Refused('need/job-missing')
  if (kind === 'conseil' && !advice) throw new Refused('need/advice-missing')
  if (correspondentId === undefined) throw new Refused('need/correspondent-elsewhere')
  return {
    stated: {
      kind,
      advice: kind === 'conseil' ? advice : null,
      jobCode: title?.code ?? null,
      jobLabel,
      rome: title?.rome ?? null,
      posts: hires ? (posts ?? 1) : posts,
      contract: input.contract ?? null,
      startsOn: input.startsOn ?? null,
      weeklyHours: input.weeklyHours ?? null,
      wage: words(input.wage),
      skills: words(input.skills),
      place: words(input.place),
    },
    notes: words(input.notes),
    correspondentId,
    visibility: input.visibility ?? 'reseau',
  }
}

/** How long each text is: the trail says no more of them. */
export const toldOf = ({ stated, notes, visibility }: Said) => ({
  kind: stated.kind,
  posts: stated.posts,
  visibility,
  characters: { note: notes?.length ?? 0, job: stated.jobLabel?.length ?? 0 },
})
