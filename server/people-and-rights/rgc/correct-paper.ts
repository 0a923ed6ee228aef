import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { parisDay } from '../../platform/time.ts'
import { silenceAccepts } from './deadlines.ts'
import { deedTold, eventTold } from './deed-reply.ts'
import { engagementsOf } from './deed-rules.ts'
import { correctedDays, correctsPaperDay, mustConfirmEffect, type PaperDay, paperFault } from './event-rules.ts'
import { eventById } from './events.queries.ts'
import {
  insertCorrection,
  oneCorrectionAtATime,
  saveDeedDays,
  saveEventDays,
  settlePaper,
} from './kept-files.queries.ts'
import { rgcPages } from './notices.ts'
import { mayAnswerFor } from './rgc.policy.ts'
import { accessConditionsOn, clockOf, deedById } from './rgc.queries.ts'

/**
 * AGR-13: a mistaken day of a paper is corrected by another CSSI than who told it, with a reason. The clock follows: the month
 * of silence, what is late; and the conditions given, those of the day of signature. Each correction stays, and is
 * itself corrected the same way.
 */
export const correctPaper = action(contract.correctPaper, {
  load: async ({ body }, { db }) => {
    await oneCorrectionAtATime(db, body.id)
    const [at, deed, event] = await Promise.all([
      clockOf(db),
      body.kind === 'deed' ? deedById(db, body.id) : undefined,
      body.kind === 'event' ? eventById(db, body.id) : undefined,
    ])
    return { at, deed, event, organisation: found(deed ?? event).organisation }
  },
  may: (viewer, { organisation }) => mayAnswerFor(viewer, organisation.id),
  run: async ({ at, deed, event, organisation }, { body }, { db, viewer, newId }) => {
    // What is contested or taken back has no effect to correct.
    const entered = event && event.receivedOn !== null && !event.withdrawn
    const paper = deed ? !deed.contested && deed.paper : entered && { ...event, receivedOn: event.receivedOn! }
    if (!paper) throw new Refused('rgc/no-paper')
    const change = correctedDays(paper, body)
    if (!change) throw new Refused('rgc/nothing-to-correct')
    const { signedOn, receivedOn } = { ...paper, ...change.after }
    const known = event && event.kind !== 'absence' ? event.knownOn : null
    const fault = paperFault({ signedOn: signedOn ?? receivedOn, receivedOn }, parisDay(at), known)
    if (fault) throw new Refused(fault)
    const told = deed ? deedTold(deed, deed.paper!) : eventTold(event!)
    for (const day of Object.keys(change.after) as PaperDay[]) {
      const verdict = correctsPaperDay(viewer.accountId, told, day, at)
      if (verdict !== true) throw new Refused(verdict)
    }
    const conditions = deed ? await accessConditionsOn(db, signedOn!) : undefined
    const reason = body.reason.trim()
    await insertCorrection(db, {
      id: newId(),
      organisationId: organisation.id,
      deedId: deed?.id ?? null,
      eventId: event?.id ?? null,
      ...change,
      reason,
      correctedBy: viewer.accountId,
      correctedAt: at,
    })
    // Written after its correction, which the database asks for first.
    if (deed) {
      await saveDeedDays(db, deed.id, { signedOn: signedOn!, receivedOn }, engagementsOf(conditions))
      await settlePaper(db, deed.id)
      const after = (await deedById(db, deed.id))!.silenceAcceptsAt
      const effect = { monthEnds: silenceAccepts(receivedOn), confirms: body.confirms }
      mustConfirmEffect({ before: deed.silenceAcceptsAt, after }, effect, at)
    } else await saveEventDays(db, event!.id, { signedOn, receivedOn, late: receivedOn > event!.declareBy })
    const sent = await tellRoles(
      db,
      { organisationId: organisation.id },
      {
        kind: 'rgc-paper-corrected',
        subject: deed
          ? 'Une date d’un acte d’engagement est corrigée'
          : 'Une date d’un départ ou d’une absence de RGC est corrigée',
        path: rgcPages,
        about: deed ? ['rgc-deed', deed.id] : ['rgc-event', event!.id],
        text: 'Le correspondant sécurité de l’opérateur (CSSI) a corrigé une date d’un document que l’opérateur avait reçu de votre structure et enregistré. La page dit l’ancienne, la nouvelle, le motif, et ce qui en découle.',
      },
      { newId, now: at },
    )
    return {
      reply: { corrected: true as const, told: sent },
      audit: [
        {
          action: 'rgc-paper.corrected',
          subject: deed ? ['rgc-deed', deed.id] : ['account', event!.person.id],
          detail: {
            ...(event
              ? { event: event.id }
              : { conditionsGiven: conditions ? { document: conditions.id, version: conditions.version } : null }),
            ...change,
            reason,
            told: sent,
          },
        },
      ],
    }
  },
})
