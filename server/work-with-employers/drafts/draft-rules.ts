import {
  type draftPlaces,
  mostDraftBytes,
  mostDrafts,
  mostDraftText,
  mostFormText,
} from '../../../contract/work-with-employers/drafts.ts'
import { Refused } from '../../platform/errors.ts'
import { isUuid } from '../../platform/ids.ts'

export interface Session {
  readonly sessionId: string
  readonly device: string
}

/** Where the last words of a draft were typed, seen from here. */
export const whereTyped = (saved: Session, here: Session): (typeof draftPlaces)[number] =>
  saved.sessionId === here.sessionId ? 'here' : saved.device === here.device ? 'other-session' : 'other-device'

/** Their words are bound closer than those of any other form, and their subject is read as what it names. */
export const isOfExchange = (kind: string): boolean => kind === 'exchange' || kind === 'exchange-correction'

/** An exchange is typed about a SIRET, its correction about its id. A check of the table holds the same. */
export const checkSubject = (kind: string, subject: string): void => {
  if ((kind === 'exchange' && !/^\d{14}$/.test(subject)) || (kind === 'exchange-correction' && !isUuid(subject)))
    throw new Refused('request/malformed')
}
const fitsExchange = (content: Readonly<Record<string, string>>) =>
  Object.keys(content).length <= 30 &&
  Object.entries(content).every(([name, words]) => /^[a-zA-Z]{1,40}$/.test(name) && words.length <= 4000)

export const checkContent = (kind: string, content: Readonly<Record<string, string>>): void => {
  if (isOfExchange(kind) && !fitsExchange(content)) throw new Refused('request/malformed')
  const length = Object.entries(content).reduce((sum, [name, words]) => sum + name.length + words.length, 0)
  if (length > (isOfExchange(kind) ? mostDraftText : mostFormText)) throw new Refused('draft/too-long')
}
/** `present` is null when this is a new one. */
export const checkRoom = ({ total, bytes }: { total: number; bytes: number }, present: unknown): void => {
  if ((present === null && total >= mostDrafts) || bytes > mostDraftBytes) throw new Refused('draft/too-many')
}
