import { daysToUndo, type fileStates } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { Refused } from '../../platform/errors.ts'

export type FileState = (typeof fileStates)[number]
export interface Standing {
  readonly state: FileState
  readonly askedAt: Date | null
}
export type FileAct = 'send' | 'choose' | 'try' | 'confirm' | 'advance' | 'undo' | 'forget'

/** In which states each act is taken. A choice after the trial asks for another one. */
const when: Record<FileAct, readonly FileState[]> = {
  send: ['receiving'],
  choose: ['receiving', 'tried'],
  try: ['receiving', 'tried'],
  confirm: ['tried'],
  advance: ['trying', 'doing', 'undoing'],
  // Also one that was left half done.
  undo: ['doing', 'done'],
  forget: ['receiving', 'trying', 'tried'],
}

export const undoUntil = (askedAt: Date): Date => new Date(askedAt.getTime() + daysToUndo * 24 * 3_600_000)

/** The SQL twin, a day wider, is in undo_employer_file_part. */
const tooLate = ({ askedAt }: Standing, now: Date): boolean => askedAt !== null && now > undoUntil(askedAt)

export const checkAct = (file: Standing, act: FileAct, now: Date): void => {
  if (!when[act].includes(file.state)) throw new Refused('employer-file/not-now')
  if (act === 'undo' && tooLate(file, now)) throw new Refused('employer-file/too-late')
}
export const allowedOn = (file: Standing, now: Date): FileAct[] =>
  (Object.keys(when) as FileAct[]).filter(
    act => when[act].includes(file.state) && !(act === 'undo' && tooLate(file, now)),
  )
