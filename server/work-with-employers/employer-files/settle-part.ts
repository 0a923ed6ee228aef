import type { Context } from '../../platform/action.ts'
import { opens } from '../../platform/viewer.ts'
import {
  type EstablishmentPlace,
  establishmentPlaces,
} from '../../territory-and-register/establishments/places.queries.ts'
import { peopleAt } from '../correspondents/imported.queries.ts'
import { identifiersOf } from '../correspondents/objection-rules.ts'
import { objectedAmong } from '../correspondents/objections.queries.ts'
import { contactsOf } from '../exchanges/exchange-writes.queries.ts'
import { notesOf } from '../notes/notes.queries.ts'
import { mayImportAt } from './employer-files.policy.ts'
import type { LineToDo } from './employer-files.queries.ts'
import { type LeftReason, type ReadRow, readRow } from './row-rules.ts'
import { contactKey, identifierKey, noteKey, type Settled, type Standing, settleRow } from './settle-rules.ts'

/** What a row would make where it stands, or why it is left out. */
export type Part = { readonly line: number } & (
  | { readonly left: LeftReason }
  | { readonly left: null; readonly place: EstablishmentPlace; readonly settled: Settled }
)

/** Which of these rows may be written where they are, as the viewer's rights are now. */
const readLine = (
  { said }: LineToDo,
  place: EstablishmentPlace | undefined,
  { viewer, today }: Context,
): ReadRow | LeftReason => {
  if (!place) return 'unknown'
  return mayImportAt(viewer, place) ? readRow(said, today) : 'outside'
}

const blockedAmong = async (
  rows: readonly { readonly siret: number; readonly read: ReadRow | LeftReason }[],
  { db, settings }: Context,
): Promise<ReadonlySet<string>> => {
  const said = rows.flatMap(({ siret, read }) => (typeof read === 'string' ? [] : identifiersOf(read.person, siret)))
  return new Set((await objectedAmong(db, said, settings.objections)).map(identifierKey))
}

/** The trial and the doing go through this one reading: what was counted is what is made, unless somebody wrote meanwhile. */
export const settlePart = async (lines: readonly LineToDo[], context: Context): Promise<Part[]> => {
  const { db, viewer, newId } = context
  const sirets = [...new Set(lines.map(({ siret }) => siret))]
  const [places, people, contacts, notes] = await Promise.all([
    establishmentPlaces(db, sirets),
    peopleAt(db, sirets),
    contactsOf(db, sirets, viewer.organisationId),
    notesOf(db, sirets, viewer.organisationId),
  ])
  const placeOf = new Map(places.map(place => [place.siret, place]))
  const [peopleOf, recordedAt] = [Map.groupBy(people, p => p.siret), Map.groupBy(contacts, c => c.siret)]
  const notedAt = Map.groupBy(notes, n => n.siret)
  const opened = { interlocuteurs: opens(viewer, 'interlocuteurs'), notes: opens(viewer, 'notes') }
  const rows = lines.map(line => ({ ...line, read: readLine(line, placeOf.get(line.siret), context) }))
  const objected = await blockedAmong(rows, context)
  const standings = new Map<number, Standing>(
    sirets.map(siret => [
      siret,
      {
        siret,
        people: peopleOf.get(siret) ?? [],
        contacts: new Set((recordedAt.get(siret) ?? []).map(contactKey)),
        notes: new Set((notedAt.get(siret) ?? []).map(({ notes }) => noteKey(notes))),
      },
    ]),
  )
  return rows.map(({ line, siret, read }): Part => {
    if (typeof read === 'string') return { line, left: read }
    const { settled, after } = settleRow(read, standings.get(siret)!, objected, newId, opened)
    standings.set(siret, after)
    return { line, left: null, place: placeOf.get(siret)!, settled }
  })
}
