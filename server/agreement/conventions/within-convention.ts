import { type Notice, tellRoles } from '../../notifications/tell.ts'
import type { Context } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { isPlainPdf } from '../../platform/pdf-file.ts'
import { endOfDay } from '../../platform/time.ts'
import { conventionReply } from './convention-reply-rules.ts'
import { factsOf } from './convention-rules.ts'
import type { Loaded } from './conventions.queries.ts'
import { holdersUnder, insertDocument, loadConvention, saveAmendmentEffect, saveClock } from './conventions.queries.ts'
import { type Act, effectiveFrom, endOf, mayDo, type Party, stateAt } from './deadlines.ts'

export const other = (party: Party): Party => (party === 'partenaire' ? 'operateur' : 'partenaire')

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

/** The bytes of a PDF that was sent in base64. */
export const pdfOf = (base64: string): Buffer => {
  const bytes = Buffer.from(base64, 'base64')
  if (!isPlainPdf(bytes)) throw new Refused('convention/not-a-pdf')
  return bytes
}
export const keepPdf = async (
  conventionId: string,
  kind: 'signe' | 'resiliation' | 'manquement',
  file: { name: string; base64: string } | null,
  { db, newId, now, viewer }: Context,
) => {
  if (!file) return null
  const [id, bytes] = [newId(), pdfOf(file.base64)]
  return {
    id,
    sha256: await insertDocument(db, {
      id,
      conventionId,
      kind,
      name: file.name,
      mediaType: 'application/pdf',
      bytes,
      ofVersion: null,
      addedAt: now,
      addedBy: viewer.accountId,
    }),
  }
}
export const notInFuture = (days: readonly (string | null)[], today: string): void => {
  if (days.some(day => day !== null && day > today)) throw new Refused('convention/day-in-future')
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

export const settleAmendment = async (
  conventionId: string,
  amendmentId: string,
  { db }: Pick<Context, 'db'>,
): Promise<Date | null> => {
  const { signatures } = found(await loadConvention(db, conventionId))
  const at = effectiveFrom({ signatures: signatures.filter(s => s.amendmentId === amendmentId) })
  if (at) await saveAmendmentEffect(db, amendmentId, at)
  return at
}
