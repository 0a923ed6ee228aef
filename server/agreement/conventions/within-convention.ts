import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { removeUpload } from '../../people-and-rights/uploads/uploads.queries.ts'
import type { Context } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { sha256 } from '../../platform/digest.ts'
import { found, Refused } from '../../platform/errors.ts'
import { endOfDay } from '../../platform/time.ts'
import { saveAmendmentEffect, settleAmendmentTerritories, territoriesAsked } from './amendments.queries.ts'
import { conventionReply } from './convention-reply-rules.ts'
import { counts, factsOf, isContested } from './convention-rules.ts'
import type { Loaded } from './conventions.queries.ts'
import { holdersUnder, insertSentFile, loadConvention, saveClock, settleOver } from './conventions.queries.ts'
import { type Act, effectiveFrom, endOf, mayDo, type Party, stateAt } from './deadlines.ts'
import { namedHolds } from './deputy-rules.ts'

/** What the sender reads of what was entered in its name (AGR-13). */
export const inItsName =
  'Si vous ne l’avez pas envoyé ou signé, contestez-le sur la page de la convention : il n’a alors plus d’effet. Sinon, vous n’avez rien à faire.'

export const mustAllow = (loaded: Loaded, act: Act, now: Date): void => {
  if (!mayDo(stateAt(factsOf(loaded), now), act)) throw new Refused('convention/wrong-state')
}

/**
 * Reads it again after a write, stores what follows from its facts, and says it as this viewer sees it. The stored
 * instants are never written otherwise.
 */
export const settled = async (id: string, { db, viewer, now }: Context) => {
  const [read, holders] = await Promise.all([loadConvention(db, id), holdersUnder(db, id, now)])
  const loaded = found(read)
  const facts = factsOf(loaded)
  const [from, end] = [effectiveFrom(facts), endOf(facts, now)]
  await saveClock(db, id, from, end?.at ?? null)
  return conventionReply(
    viewer,
    { ...loaded, convention: { ...loaded.convention, effectiveFrom: from, endsAt: end?.at ?? null } },
    holders,
    now,
  )
}

/**
 * AGR-13: an end that changes is confirmed as it will be. It is worked out by what is written, which a refusal undoes.
 */
export const mustConfirm = (
  { convention }: Loaded,
  { endsAt }: { readonly endsAt: string | null },
  confirms: string | null | undefined,
): void => {
  const instant = (at: string | null) => (at === null ? null : new Date(at).getTime())
  if (instant(endsAt) === (convention.endsAt?.getTime() ?? null)) return
  if (confirms === undefined || instant(confirms) !== instant(endsAt))
    throw new Refused('convention/confirm-end', { facts: { endsAt } })
}

/** What a party settles is written over what it read; otherwise it is refused with what stands. */
export const mustBeRead = async (id: string, version: number | undefined, context: Context): Promise<void> => {
  if (!(await settleOver(context.db, id, version!)))
    throw new Refused('request/changed-meanwhile', { current: await settled(id, context) })
}

/** Writes to a party of a convention: who answers for its governance, and those who act for it (AGR-9). */
export const tell = (
  { convention }: { convention: { readonly id: string; readonly organisationId: string; readonly regionId: number } },
  party: Party,
  news: Pick<Notice, 'kind' | 'subject' | 'text'>,
  context: Pick<Context, 'db' | 'newId' | 'now' | 'viewer'>,
) =>
  tellRoles(
    context.db,
    {
      organisationId: convention.organisationId,
      regionId: convention.regionId,
      party,
      but: [context.viewer.accountId],
    },
    { ...news, path: `/conventions/${convention.id}`, about: ['convention', convention.id] },
    context,
  )

/** The end of each letter: the other party is told of it, and what it ends is confirmed. */
export const toldAndConfirmed = async (
  loaded: Loaded,
  party: Party,
  news: Pick<Notice, 'kind' | 'subject' | 'text'>,
  confirms: string | null | undefined,
  context: Context,
) => {
  const told = await tell(loaded, party, news, context)
  const reply = { convention: await settled(loaded.convention.id, context), told }
  mustConfirm(loaded, reply.convention, confirms)
  return reply
}

/** Keeps a file that one sent whole (server/people-and-rights/uploads): it serves once. */
export const keepFile = async (
  conventionId: string,
  kind: 'signe' | 'resiliation' | 'manquement' | 'avis' | 'differend' | 'acte',
  uploadId: string,
  { db, newId, now, viewer }: Context,
) => {
  const id = newId()
  const kept = { id, conventionId, kind, uploadId, addedAt: now, addedBy: viewer.accountId }
  const sha256 = await insertSentFile(db, kept)
  if (sha256 === undefined) throw new Refused('upload/unknown')
  // Two acts that name it at once both read it; the second finds it taken.
  if (!(await removeUpload(db, uploadId))) throw new Refused('upload/unknown')
  return { id, sha256 }
}
/** The digest of what a document is composed of. */
export const digestOfComposed = (data: object): Buffer => sha256(JSON.stringify(data))
export const nextAmendment = ({ amendments }: Pick<Loaded, 'amendments'>): number =>
  Math.max(0, ...amendments.map(a => a.number)) + 1
export const notInFuture = (days: readonly (string | null)[], today: string): void => {
  if (days.some(day => day !== null && day > today)) throw new Refused('convention/day-in-future')
}
/** AGR-15: a deputy signs on a day when their delegation holds. */
export const deputyMustHold = (loaded: Loaded, party: Party, amendmentId: string | null, day: string): void => {
  if (!namedHolds(loaded, party, amendmentId, day)) throw new Refused('convention/deputy-without-power')
}
export const notBefore = (sentOn: string, days: readonly (string | null)[]): void => {
  if (days.some(day => day !== null && day < sentOn)) throw new Refused('convention/days-reversed')
}
/**
 * Our choice: a paper signature holds from the end of the day it bears, so both precede any effect.
 * A signature of today holds from now.
 */
export const paperSignedAt = (day: string, now: Date): Date =>
  new Date(Math.min(endOfDay(day).getTime(), now.getTime()))

/** An amendment as it is asked, with the names of the territories that it adds (ACC-15). */
export const amendingOf = async <A extends { readonly territories?: readonly number[] }>(
  db: Db,
  { convention }: Pick<Loaded, 'convention'>,
  body: A,
): Promise<A & { readonly given: readonly string[] }> => {
  const ids = body.territories ?? []
  const asked = ids.length ? await territoriesAsked(db, convention.id, ids) : []
  if (asked.length < ids.length) throw new Refused('territory/unknown')
  if (asked.some(one => !one.inRegion)) throw new Refused('territory/beyond-region')
  if (asked.some(one => one.taken)) throw new Refused('convention/territory-given')
  return { ...body, given: asked.map(({ name }) => name) }
}

const territoriesNotice = (
  name: string,
  number: number,
  added: boolean,
  names: string,
): Pick<Notice, 'subject' | 'text'> => ({
  subject: 'Les territoires de votre structure changent',
  text: added
    ? `L’avenant n° ${number} a pris effet. Il ajoute aux territoires de la structure ${name} : ${names}. Un RGC de la structure peut y donner des habilitations.`
    : `Une signature de l’avenant n° ${number} est contestée. La structure ${name} n’a plus les territoires qu’il ajoutait : ${names}. Les habilitations qui en dépendent n’ouvrent plus rien.`,
})
/** What an amendment adds follows its effect: told to the structure, in the trail. */
const settleTerritories = async (
  { convention }: Loaded,
  { id, number }: { id: string; number: number },
  context: Context,
) => {
  const changed = await settleAmendmentTerritories(context.db, id)
  if (changed.length === 0) return []
  const { opened } = changed[0]!
  const { organisationId, regionId, organisation } = convention
  const told = await tellRoles(
    context.db,
    { organisationId, regionId, but: [context.viewer.accountId] },
    {
      kind: 'structure-territories',
      path: { partenaire: '/habilitations/structure', operateur: `/conventions/${convention.id}` },
      about: ['convention', convention.id],
      ...territoriesNotice(organisation.name, number, opened, changed.map(({ name }) => name).join(', ')),
    },
    context,
  )
  return [
    {
      action: opened ? 'convention.territories-opened' : 'convention.territories-closed',
      subject: ['organisation', organisationId] as const,
      detail: {
        convention: convention.id,
        amendment: id,
        number,
        territories: changed.map(one => one.territoryId),
        told,
      },
    },
  ]
}

/** Its effect follows from its signatures: a contested one undoes it. What it adds comes and goes with it (ACC-15). */
export const settleAmendment = async (conventionId: string, amendmentId: string, context: Context) => {
  const { db } = context
  const loaded = found(await loadConvention(db, conventionId))
  const { signatures, amendments } = loaded
  const amendment = found(amendments.find(a => a.id === amendmentId))
  // Refused or withdrawn: what is answered of its signatures gives it no effect.
  if (amendment.closedAt !== null) return { effectiveAt: null, audit: [] }
  const valid = signatures.filter(s => s.amendmentId === amendmentId && counts(s) && !isContested(s))
  const at = effectiveFrom({ signatures: valid })
  if (at?.getTime() !== amendment.effectiveAt?.getTime()) await saveAmendmentEffect(db, amendmentId, at)
  const audit = amendment.territories.length ? await settleTerritories(loaded, amendment, context) : []
  return { effectiveAt: at, audit }
}
