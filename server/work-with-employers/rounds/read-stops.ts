import type { Reply } from '../../../contract/route.ts'
import { daysRecent, type listRoundStops, mostStops } from '../../../contract/work-with-employers/rounds.ts'
import type { Context, ReadContext } from '../../platform/action.ts'
import { siretText } from '../../platform/siret.ts'
import { addDays } from '../../platform/time.ts'
import { type Card, readEstablishments } from '../../territory-and-register/establishments/establishments.queries.ts'
import { gone, withEstablishments } from '../campaigns/references.queries.ts'
import { commitmentsOfAll } from '../commitments/committed.queries.ts'
import { heldBesideEach } from '../company/company.queries.ts'
import { type Known, knownPeople } from '../correspondents/correspondents.queries.ts'
import { notToContact } from '../do-not-contact/do-not-contact.queries.ts'
import { lastBesideEach } from '../exchanges/beside.queries.ts'
import { nextActionReply, pastContactReply, plannedContactReply } from '../exchanges/exchange-reply.ts'
import { mayRead, mayRecord } from '../exchanges/exchanges.policy.ts'
import {
  countsRecorded,
  type EstablishmentPlace,
  establishmentPlaces,
  lastRecordedAt,
  type RecordedExchange,
} from '../exchanges/exchanges.queries.ts'
import { ownVisitsOn, type PlannedAction, plannedAtEach } from '../exchanges/next-actions.queries.ts'
import { cautionsOf } from './caution-rules.ts'
import { commonTerritory } from './common-territory-rules.ts'

type Stops = Reply<typeof listRoundStops>
export type Stop = Stops['items'][number]
type At = Pick<Context, 'now' | 'today' | 'viewer'>
export interface Asked {
  readonly sirets?: readonly number[] | undefined
  readonly day?: string | undefined
}

const [peopleShown, contactsShown, plannedShown] = [3, 3, 3]

/** The employers named, else those that the viewer visits on the day. Row-level security chooses what is known of each. */
export const loadStops = async (
  { sirets, day }: Asked,
  context: Pick<ReadContext, 'db' | 'today'>,
): Promise<Loaded> => {
  const visits = sirets ?? (day === undefined ? [] : await ownVisitsOn(context.db, day))
  const asked = [...new Set(visits)].slice(0, mostStops)
  return { asked, day, more: visits.length - asked.length, facts: await readFacts(asked, context) }
}
/** As much of each as the viewer may read, in the order asked. */
export const stopsReply = ({ asked, day, more, facts }: Loaded, at: At): Stops => ({
  items: asked.flatMap(siret => facts.places.get(siret) ?? []).map(place => stopOf(place, facts, day, at)),
  within: commonTerritory([...facts.places.values()]),
  unknown: asked.filter(siret => !facts.places.has(siret)).map(siretText),
  more,
})

export interface Loaded {
  readonly asked: readonly number[]
  readonly day: string | undefined
  readonly more: number
  readonly facts: Facts
}
interface Facts {
  readonly places: ReadonlyMap<number, EstablishmentPlace>
  readonly cards: ReadonlyMap<number, Card>
  readonly contacts: ReadonlyMap<number, RecordedExchange[]>
  readonly thisMonth: ReadonlyMap<number, number>
  readonly planned: ReadonlyMap<number, PlannedAction[]>
  readonly people: ReadonlyMap<number, Known[]>
  readonly notToContact: ReadonlySet<number>
  readonly commitments: ReadonlyMap<number, { label: string }[]>
  readonly nextDoor: ReadonlyMap<number, NonNullable<Stop['nextDoor']>>
}
/** One statement for each fact, whatever the number of stops. */
const readFacts = async (
  sirets: readonly number[],
  { db, today }: Pick<ReadContext, 'db' | 'today'>,
): Promise<Facts> => {
  const [places, cards, contacts, thisMonth, planned, people, marks, committed, nextDoor] = await Promise.all([
    establishmentPlaces(db, sirets),
    readEstablishments(db, sirets, today),
    lastRecordedAt(db, sirets, contactsShown),
    countsRecorded(db, sirets, `${today.slice(0, 7)}-01`),
    plannedAtEach(db, sirets),
    knownPeople(db, sirets, peopleShown),
    notToContact(db, sirets, today),
    commitmentsOfAll(db, sirets, today),
    readNextDoor(sirets, { db, today }),
  ])
  return {
    places: new Map(places.map(place => [place.siret, place])),
    cards: new Map(cards.map(card => [card.siret, card])),
    contacts: Map.groupBy(contacts, ({ siret }) => siret),
    thisMonth,
    planned: Map.groupBy(planned, ({ siret }) => siret),
    people: Map.groupBy(people, ({ siret }) => siret),
    notToContact: new Set(marks.map(({ siret }) => siret)),
    commitments: Map.groupBy(committed, ({ siret }) => siret),
    nextDoor,
  }
}

/** What is going on at another establishment of the company of each, as the card tells it (EST-12). */
const readNextDoor = async (
  sirets: readonly number[],
  { db, today }: Pick<ReadContext, 'db' | 'today'>,
): Promise<Facts['nextDoor']> => {
  const [contacts, holds] = await Promise.all([
    lastBesideEach(db, sirets, addDays(today, -daysRecent)),
    heldBesideEach(db, sirets, today),
  ])
  const [met, held] = await Promise.all([withEstablishments(db, contacts, today), withEstablishments(db, holds, today)])
  return new Map(
    sirets.flatMap(siret => {
      const contact = met.find(({ of }) => of === siret) ?? null
      const hold = held.find(({ of }) => of === siret) ?? null
      return contact || hold ? [[siret, { contact: contact && without(contact), held: hold && without(hold) }]] : []
    }),
  )
}
const without = <Row extends { readonly of: number }>({ of: _, ...row }: Row) => row

const stopOf = (place: EstablishmentPlace, facts: Facts, day: string | undefined, at: At): Stop => {
  const { siret } = place
  const { viewer } = at
  const card = facts.cards.get(siret)
  const readable = mayRead(viewer, place)
  const planned = facts.planned.get(siret) ?? []
  const own = planned.filter(({ ownerId }) => ownerId === viewer.accountId)
  const action = own.find(({ dueOn }) => dueOn === day) ?? own[0]
  const known = {
    // Left out rather than empty: « no contact » would be false where one may not see them.
    lastContacts: readable ? (facts.contacts.get(siret) ?? []).map(row => pastContactReply(row, at)) : null,
    contactsThisMonth: readable ? (facts.thisMonth.get(siret) ?? 0) : null,
  }
  return {
    establishment: card?.line ?? { ...gone(siret), name: place.name },
    address: card?.address ?? null,
    position: positionOf(card),
    people: (facts.people.get(siret) ?? []).map(({ siret: _, ...person }) => person),
    action: action ? nextActionReply(action, at) : null,
    planned: planned
      .filter(({ ownerId }) => ownerId !== viewer.accountId)
      .slice(0, plannedShown)
      .map(plannedContactReply),
    ...known,
    cautions: cautionsOf(
      { closed: card !== undefined && !card.line.active, notToContact: facts.notToContact.has(siret) },
      known,
    ),
    nextDoor: readable ? (facts.nextDoor.get(siret) ?? null) : null,
    commitments: (facts.commitments.get(siret) ?? []).map(({ label }) => label),
    allowed: mayRecord(viewer, place) === true ? ['record'] : [],
  }
}

/** None where the register does not diffuse it: the database keeps none then. */
const positionOf = (card: Card | undefined): Stop['position'] =>
  !card || card.latitude === null || card.longitude === null ? null : { lat: card.latitude, lon: card.longitude }
