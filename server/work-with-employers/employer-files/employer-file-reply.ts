import type { Static } from 'typebox'
import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import type { Context } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'
import { type FileRow, findFile, type Tally, tallies } from './employer-files.queries.ts'
import { allowedOn, undoUntil } from './file-lifecycle-rules.ts'

type Reply = Static<typeof contract.EmployerFile>

const sum = (some: readonly Tally[]) => some.reduce((n, { rows }) => n + rows, 0)
const countsOf = <Code extends string>(
  codes: readonly Code[],
  of: (tally: Tally) => Code | null,
  some: readonly Tally[],
) => Object.fromEntries(codes.map(code => [code, sum(some.filter(one => of(one) === code))])) as Record<Code, number>

/** Rows gone through by the part under way, of how many it has. */
const progressOf = ({ state }: Pick<FileRow, 'state'>, some: readonly Tally[]): Reply['progress'] => {
  const at = (...states: readonly Tally['state'][]) => sum(some.filter(one => states.includes(one.state)))
  if (state === 'undoing' || state === 'undone')
    return { through: at('undone', 'kept'), of: at('done', 'undone', 'kept') }
  if (state === 'doing' || state === 'done') return { through: at('done', 'left'), of: sum(some) }
  return { through: at('tried', 'left'), of: sum(some) }
}

const leftOf = (some: readonly Tally[]): Reply['left'] =>
  contract.leftRowReasons.flatMap(because => {
    const count = sum(some.filter(one => one.because === because))
    return count ? [{ because, count }] : []
  })

export const fileReply = (file: FileRow, some: readonly Tally[], now: Date): Reply => ({
  id: file.id,
  fileName: file.fileName,
  rows: file.rows,
  received: sum(some),
  visibility: file.visibility,
  state: file.state,
  openedAt: file.openedAt.toISOString(),
  askedAt: file.askedAt?.toISOString() ?? null,
  endedAt: file.endedAt?.toISOString() ?? null,
  undoUntil: file.askedAt && undoUntil(file.askedAt).toISOString(),
  recognised: countsOf(contract.recognitions, one => one.recognised, some),
  progress: progressOf(file, some),
  people: countsOf(contract.personOutcomes, one => one.person, some),
  contacts: countsOf(contract.contactOutcomes, one => one.exchange, some),
  undated: countsOf(contract.noteOutcomes, one => one.note, some),
  left: leftOf(some),
  allowed: allowedOn(file, now),
})

/** The file as it is now, in this transaction. */
export const readFile = async (db: Db, id: string, { now }: Pick<Context, 'now'>): Promise<Reply> => {
  const [file, some] = await Promise.all([findFile(db, id), tallies(db, [id])])
  return fileReply(found(file), some, now)
}
