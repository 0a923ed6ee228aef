import type { Context, Entry } from '../../platform/action.ts'
import { holdProvisionals } from '../../territory-and-register/establishments/provisional.queries.ts'
import { insertBrought } from '../correspondents/imported.queries.ts'
import { factsOf } from '../exchanges/exchange-input.ts'
import { reaches } from '../exchanges/exchange-rules.ts'
import { type ImportedExchange, insertImported } from '../exchanges/exchange-writes.queries.ts'
import { nowhere } from '../exchanges/left-out-rules.ts'
import { told } from '../notes/changing.ts'
import { type ImportedNote, insertImportedNotes } from '../notes/note-writes.queries.ts'
import type { FileRow } from './employer-files.queries.ts'
import type { Part } from './settle-part.ts'

type Done = Extract<Part, { left: null }>

const exchangeOf = (
  { place: { name: _, ...place }, settled: { contact, personId } }: Done,
  file: FileRow,
  { viewer, now, newId }: Context,
): ImportedExchange | null =>
  contact && {
    ...place,
    ...nowhere,
    id: newId(),
    fileId: file.id,
    organisationId: viewer.organisationId,
    authorId: viewer.accountId,
    occurredOn: contact.occurredOn,
    reached: reaches(contact.result),
    visibility: file.visibility,
    recordedAt: now,
    content: {
      channel: contact.channel,
      result: contact.result,
      personMet: null,
      correspondentId: personId,
      notes: contact.notes,
      need: null,
      campaignResultId: null,
      resultLabel: null,
    },
    nextAction: null,
  }

const noteOf = (
  { place: { name: _, ...place }, settled: { note } }: Done,
  file: FileRow,
  { today, newId }: Context,
): ImportedNote | null =>
  note === null
    ? null
    : { ...place, id: newId(), fileId: file.id, notes: note, visibility: file.visibility, notedOn: today }

const personEntry = ({ place: { siret }, settled: { person, personId, values } }: Done, fileId: string): Entry[] =>
  values.length
    ? [
        {
          action: person === 'added' ? 'correspondent.imported' : 'correspondent.import-completed',
          subject: ['correspondent', personId!],
          detail: { siret, file: fileId, fields: values.map(({ field }) => field) },
        },
      ]
    : []

/** Writes what was settled. Answers what each row made, and the entries of the trail. */
export const writePart = async (parts: readonly Done[], file: FileRow, context: Context) => {
  const { db, viewer, now } = context
  const rows = parts.map(part => ({
    ...part,
    exchange: exchangeOf(part, file, context),
    note: noteOf(part, file, context),
  }))
  const added = rows.filter(({ settled }) => settled.person === 'added')
  const brought = rows.filter(({ settled }) => settled.values.length > 0)
  const here = new Set(added.map(({ settled }) => settled.personId))
  const completed = brought.flatMap(({ settled: { personId } }) => (here.has(personId) ? [] : [personId!]))
  await holdProvisionals(db, [...new Set(rows.map(({ place }) => place.siret))])
  await insertBrought(
    db,
    added.map(({ place, settled }) => ({ ...place, id: settled.personId! })),
    brought.map(({ settled: { personId, values } }) => ({ correspondentId: personId!, values })),
    [...new Set(completed)],
    { organisationId: viewer.organisationId, authorId: viewer.accountId, now },
  )
  const exchanges = rows.flatMap(({ exchange }) => (exchange ? [exchange] : []))
  const notes = rows.flatMap(({ note }) => (note ? [note] : []))
  const [digests, noteDigests] = await Promise.all([
    insertImported(db, exchanges),
    insertImportedNotes(db, notes, { organisationId: viewer.organisationId, authorId: viewer.accountId, at: now }),
  ])
  return {
    made: rows.map(({ line, exchange, note, settled: { person, personId, values } }) => ({
      line,
      made: {
        ...(exchange ? { exchange: exchange.id } : {}),
        ...(note ? { note: note.id } : {}),
        ...(values.length
          ? { [person === 'added' ? 'person' : 'completed']: personId, values: values.map(({ id }) => id) }
          : {}),
      },
    })),
    entries: [
      ...rows.flatMap(row => personEntry(row, file.id)),
      ...exchanges.map(
        (exchange): Entry => ({
          action: 'exchange.imported',
          subject: ['exchange', exchange.id],
          detail: {
            siret: exchange.siret,
            file: file.id,
            version: 1,
            sha256: digests.get(exchange.id),
            after: factsOf(exchange),
          },
        }),
      ),
      ...notes.map(
        (note): Entry => ({
          action: 'note.imported',
          subject: ['note', note.id],
          detail: {
            siret: note.siret,
            file: file.id,
            version: 1,
            sha256: noteDigests.get(note.id),
            before: null,
            after: told(note),
          },
        }),
      ),
    ],
  }
}
