import type { Body } from '../../../contract/route.ts'
import type {
  addCorrespondent,
  correctCorrespondent,
} from '../../../contract/work-with-employers/correspondents/correspondents.ts'
import { today } from '../../platform/format.ts'
import type { Start } from './correspondent-fields.tsx'
import { type Correspondent, type Field, typedFields, valueWords } from './words.ts'

type Sent = Readonly<Record<string, string>>
type Added = Body<typeof addCorrespondent>
type Corrected = Body<typeof correctCorrespondent>

/** Without a day, the person was informed today. */
const informedOf = ({ informedHow, informedOn }: Sent) =>
  informedHow
    ? { how: informedHow as NonNullable<Correspondent['informed']>['how'], on: informedOn || today() }
    : undefined

const observedOf = ({ observedOn }: Sent) => (observedOn ? { observedOn } : {})

export const addedOf = (sent: Sent): Added => {
  const informed = informedOf(sent)
  const said = typedFields.flatMap(field => (sent[field]?.trim() ? [[field, sent[field].trim()]] : []))
  return { values: Object.fromEntries(said) as Added['values'], ...observedOf(sent), ...(informed ? { informed } : {}) }
}

/** What the person changed alone: a field left as it was is no word of theirs. */
export const correctedOf = (sent: Sent, start: Start, before: Correspondent['informed']): Corrected => {
  const asShown = (field: Field) => (start[field] ? valueWords(field, start[field]) : '')
  const select = (field: Field) => field === 'civility' || field === 'preferredChannel'
  const changed = typedFields.flatMap(field => {
    const value = sent[field]?.trim() ?? ''
    const shown = select(field) ? (start[field] ?? '') : asShown(field)
    return value === shown ? [] : [[field, value || null]]
  })
  const informed = informedOf(sent)
  const same = informed?.how === before?.how && informed?.on === before?.on
  return {
    values: Object.fromEntries(changed) as Corrected['values'],
    ...(changed.length ? observedOf(sent) : {}),
    ...(informed && !same ? { informed } : {}),
  }
}
