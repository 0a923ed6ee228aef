import type { Verdict } from '../../platform/action.ts'
import { covers, holds, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'

/** Where a person was first noted, and the other establishments that they answer for. A place alone has none. */
export interface Answering extends TerritoryLine {
  readonly links?: readonly TerritoryLine[]
}
const placesOf = (person: Answering): readonly TerritoryLine[] => [person, ...(person.links ?? [])]
const readsAt = (viewer: Viewer, place: TerritoryLine) => covers(viewer, 'fiche-etablissement', 'consultation', place)
const keepsAt = (viewer: Viewer, place: TerritoryLine): boolean => {
  const advises =
    covers(viewer, 'fiche-etablissement', 'conseiller', place) || covers(viewer, 'campagnes', 'conseiller', place)
  return advises && readsAt(viewer, place)
}

/**
 * Correspondents and each of their values: for whoever reads the card of an establishment that they answer for. The SQL
 * twins are the policies correspondents.read and correspondent_values.read.
 */
export const mayRead = (viewer: Viewer, person: Answering): boolean =>
  placesOf(person).some(place => readsAt(viewer, place))

/** Where they were first noted: whoever reads a person by a link does not learn of it out of their perimeter. */
export const mayReadFirst = (viewer: Viewer, first: TerritoryLine): boolean => readsAt(viewer, first)

/**
 * Adding, correcting, confirming, choosing and retiring: whoever reads the card of an establishment, and there is an
 * advisor of the card or records exchanges. The SQL twins are the policies correspondents.write, correspondents.correct,
 * correspondent_values.write and correspondent_values.settle.
 */
export const mayKeep = (viewer: Viewer, person: Answering): Verdict => {
  if (placesOf(person).some(place => keepsAt(viewer, place))) return true
  return holds(viewer, 'fiche-etablissement', 'conseiller') || holds(viewer, 'campagnes', 'conseiller')
    ? 'access/outside-perimeter'
    : 'access/no-grant'
}

/** A person, and an establishment that they answer for too. */
export interface NewLink {
  readonly person: Answering
  readonly place: TerritoryLine
}
/** Linking: whoever keeps both. The SQL twin is the policy correspondent_links.link. */
export const mayLink = (viewer: Viewer, { person, place }: NewLink): Verdict => {
  const verdict = mayKeep(viewer, place)
  return verdict === true ? mayKeep(viewer, person) : verdict
}
/** Retiring a link: whoever keeps persons at that establishment. The SQL twin is the policy correspondent_links.unlink. */
export const mayUnlink = (viewer: Viewer, place: TerritoryLine): Verdict => mayKeep(viewer, place)

/** Two cards of one person. */
export interface TwoCards {
  readonly kept: Answering
  readonly absorbed: Answering
}
/**
 * Merging, undoing it and telling apart: whoever keeps both. The SQL twins are the policies correspondent_merges.merge,
 * correspondent_merges.undo and correspondents_apart.write.
 */
export const mayMerge = (viewer: Viewer, { kept, absorbed }: TwoCards): Verdict => {
  const verdict = mayKeep(viewer, kept)
  return verdict === true ? mayKeep(viewer, absorbed) : verdict
}

/**
 * Noting an objection and lifting it: whoever keeps the card. The SQL twins are the policies correspondent_objections.object
 * and correspondent_objections.lift.
 */
export const mayObject = (viewer: Viewer, card: Answering): Verdict => mayKeep(viewer, card)
