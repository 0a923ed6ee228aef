import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action, type Context, type Entry } from '../../platform/action.ts'
import { mayGoOn } from './employer-files.policy.ts'
import {
  type FileRow,
  forgetSaid,
  type LineDone,
  moveFile,
  nextLines,
  saveLines,
  type Undone,
  undoPart,
} from './employer-files.queries.ts'
import { checkAct } from './file-lifecycle-rules.ts'
import { loadLocked, moved } from './moving-file.ts'
import { type Part, settlePart } from './settle-part.ts'
import { writePart } from './write-part.ts'

/** Establishments of one part, with all their rows; rows of one part of an undoing. */
const establishmentsAtOnce = 100
const undoneAtOnce = 200

const saved = (part: Part, state: 'tried' | 'done', made: object | null): LineDone =>
  part.left === null
    ? {
        line: part.line,
        state,
        because: null,
        person: part.settled.person,
        exchange: part.settled.exchange,
        note: part.settled.undated,
        made,
      }
    : { line: part.line, state: 'left', because: part.left, person: null, exchange: null, note: null, made: null }

const tryPart = async (file: FileRow, context: Context) => {
  const { db } = context
  const lines = await nextLines(db, file.id, 'waiting', establishmentsAtOnce)
  const parts = await settlePart(lines, context)
  await saveLines(
    db,
    file.id,
    parts.map(part => saved(part, 'tried', null)),
  )
  if (lines.length === 0) await moveFile(db, file.id, { state: 'tried' })
  return moved(file, context, { action: 'employer-file.part-tried', detail: { rows: lines.length } })
}

const endFile = async ({ id }: FileRow, state: 'done' | 'undone', { db, now }: Context) => {
  await forgetSaid(db, id)
  await moveFile(db, id, { state, endedAt: now })
}

const doPart = async (file: FileRow, context: Context) => {
  const { db } = context
  const lines = await nextLines(db, file.id, 'tried', establishmentsAtOnce)
  const parts = await settlePart(lines, context)
  const { made, entries } = await writePart(
    parts.filter(part => part.left === null),
    file,
    context,
  )
  const madeBy = new Map(made.map(one => [one.line, one.made]))
  await saveLines(
    db,
    file.id,
    parts.map(part => saved(part, 'done', madeBy.get(part.line) ?? null)),
  )
  if (lines.length === 0) await endFile(file, 'done', context)
  return moved(file, context, { action: 'employer-file.part-done', detail: { rows: lines.length } }, entries)
}

const undoneEntries = (
  { siret, exchange, exchangeId, person, correspondentId, note, noteId }: Undone,
  file: string,
): Entry[] => [
  ...(exchange === 'removed'
    ? [{ action: 'exchange.import-removed', subject: ['exchange', exchangeId!], detail: { siret, file } } as const]
    : []),
  ...(note === 'removed'
    ? [{ action: 'note.import-removed', subject: ['note', noteId!], detail: { siret, file } } as const]
    : []),
  ...(person === 'removed'
    ? [
        {
          action: 'correspondent.import-removed',
          subject: ['correspondent', correspondentId!],
          detail: { siret, file },
        } as const,
      ]
    : []),
]
const undoNext = async (file: FileRow, context: Context) => {
  const { db, now } = context
  const undone = await undoPart(db, file.id, undoneAtOnce, now)
  if (undone.length === 0) await endFile(file, 'undone', context)
  const kept = undone.filter(one => [one.exchange, one.person, one.note].includes('kept')).length
  return moved(
    file,
    context,
    { action: 'employer-file.part-undone', detail: { rows: undone.length, kept } },
    undone.flatMap(one => undoneEntries(one, file.id)),
  )
}

/** The next part, in this transaction and under the rights of now: killed, it is as if it had not begun. */
export const advanceEmployerFile = action(contract.advanceEmployerFile, {
  load: loadLocked,
  may: (viewer, file) => mayGoOn(viewer, file),
  run: (file, _input, context) => {
    checkAct(file, 'advance', context.now)
    if (file.state === 'trying') return tryPart(file, context)
    return file.state === 'doing' ? doPart(file, context) : undoNext(file, context)
  },
})
