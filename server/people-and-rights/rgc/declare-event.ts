import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { parisDay } from '../../platform/time.ts'
import { declareBy, isLate, isLongAbsence, knownOn, type RgcEvent, rightsEnd } from './deadlines.ts'
import { eventReply } from './deed-reply.ts'
import { eventFault, eventOf } from './event-rules.ts'
import { endRole, eventById, insertEvent, settleKnown } from './events.queries.ts'
import { lastDayInWords, rgcPages, tellIfNobodyIsLeft } from './notices.ts'
import { mayPropose } from './rgc.policy.ts'
import { clockOf, inPlace } from './rgc.queries.ts'

const words = {
  depart: 'le départ',
  'changement-de-fonction': 'le changement de fonction',
  absence: 'l’absence de plus de deux mois',
}

/**
 * Declared by the partner, told to the CSSI; late is said, never refused. The role ends with the last day, never before
 * the declaration (RGC-6).
 */
export const declareRgcEvent = action(contract.declareRgcEvent, {
  load: async (_input, { db }) => {
    const at = await clockOf(db)
    return { at, managers: await inPlace(db, null, at) }
  },
  may: mayPropose,
  run: async ({ at, managers }, { body }, { db, viewer, now, newId }) => {
    if (!managers.some(m => m.id === body.accountId)) throw new Refused('rgc/not-in-place')
    const fault = eventFault(body, parisDay(at))
    if (fault) throw new Refused(fault)
    const event: RgcEvent = eventOf(body)
    if (event.kind === 'absence' && !isLongAbsence(event.absentFrom, body.backOn ?? null))
      throw new Refused('rgc/absence-short')
    const id = newId()
    const late = isLate(event, at)
    const ends = rightsEnd(event, at)
    await insertEvent(db, {
      id,
      accountId: body.accountId,
      organisationId: viewer.organisationId,
      kind: event.kind,
      lastDay: event.kind === 'absence' ? null : event.lastDay,
      absentFrom: event.kind === 'absence' ? event.absentFrom : null,
      backOn: event.kind === 'absence' ? (body.backOn ?? null) : null,
      knownOn: knownOn(event),
      declareBy: declareBy(event),
      late,
      rightsEndAt: ends,
      declaredBy: viewer.accountId,
      declaredAt: at,
    })
    await settleKnown(db, body.accountId, id)
    await endRole(db, body.accountId, ends)
    const means = { newId, now: at }
    const told = await tellRoles(
      db,
      { organisationId: viewer.organisationId },
      {
        kind: 'rgc-event',
        subject: 'Un RGC quitte ses fonctions ou s’absente',
        path: rgcPages,
        about: ['rgc-event', id],
        text: `La structure « ${viewer.organisationName} » déclare ${words[event.kind]} d’un responsable de gestion de comptes (RGC). Ses droits de gestion ${ends <= at ? 'sont retirés' : `prennent fin après le ${lastDayInWords(ends)}`}.${late ? ' La déclaration est faite au-delà des huit jours prévus.' : ''}`,
      },
      { newId, now },
    )
    const nobodyLeft = await tellIfNobodyIsLeft(
      db,
      { id: viewer.organisationId, name: viewer.organisationName },
      ends,
      means,
    )
    return {
      reply: { ...eventReply((await eventById(db, id))!), told, nobodyLeft },
      audit: [
        {
          action: 'rgc-event.declared',
          subject: ['account', body.accountId],
          detail: { event: id, kind: event.kind, knownOn: knownOn(event), late, rightsEndAt: ends, told, nobodyLeft },
        },
      ],
    }
  },
})
