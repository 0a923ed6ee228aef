import * as contract from '../../../contract/people-and-rights/rgc.ts'
import type { Told } from '../../notifications/recipient-rules.ts'
import { type Notice, type PersonMail, tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { found, Refused } from '../../platform/errors.ts'
import { dayInWords } from '../../platform/french.ts'
import { addDays, endOfDay, parisDay } from '../../platform/time.ts'
import { removeUpload } from '../uploads/uploads.queries.ts'
import { declareBy, isLate, isLongAbsence, knownOn, type RgcEvent, rightsEnd } from './deadlines.ts'
import { contests, eventFacts, eventReply } from './deed-reply.ts'
import { endsAccount, eventFault, eventOf } from './event-rules.ts'
import {
  endAccess,
  endRole,
  eventById,
  insertEvent,
  settleKnown,
  type TakenBack,
  takeBackEvent,
} from './events.queries.ts'
import { insertPaper } from './kept-files.queries.ts'
import {
  lastDayInWords,
  type Receiver,
  receiverOf,
  receivers,
  regionalPages,
  rgcPages,
  tellIfNobodyIsLeft,
} from './notices.ts'
import { mayDeclare, mayTakeBack } from './rgc.policy.ts'
import { accountOf, clockOf, inPlace } from './rgc.queries.ts'

const words = {
  depart: 'le départ',
  'changement-de-fonction': 'le changement de fonction',
  absence: 'l’absence de plus de deux mois',
}
interface Declared {
  readonly id: string
  readonly kind: RgcEvent['kind']
  readonly structure: { readonly id: string; readonly name: string }
  readonly ends: Date
  readonly accountEnds: string | null
  readonly late: boolean
  readonly received: Received | null
  readonly who: string
}
/** Entered by the operator: who received it, and when. */
interface Received {
  readonly by: Receiver
  readonly on: string
}
/** What follows, to both sides. */
const effects = ({ ends, accountEnds, late }: Declared, now: Date): string =>
  `Ses droits de gestion ${ends <= now ? 'sont retirés' : `prennent fin après le ${lastDayInWords(ends)}`}${accountEnds ? ', et son compte avec eux' : ''}.${late ? ' La déclaration est faite au-delà des huit jours prévus.' : ''}`

/** The CSSI reads what the structure declares, and what the regional direction enters for it. */
const declaredNotice = (declared: Declared, now: Date): Notice => ({
  kind: 'rgc-event',
  subject: 'Un RGC quitte ses fonctions ou s’absente',
  path: rgcPages,
  about: ['rgc-event', declared.id],
  text: `${declared.received ? `La direction régionale enregistre, au nom de la structure « ${declared.structure.name} » qui l’en a informée,` : `La structure « ${declared.structure.name} » déclare`} ${said(declared)}. ${effects(declared, now)}`,
})
/** The structure reads what is entered in its name. */
const enteredNotice = (declared: Declared, { by, on }: Received, now: Date): Notice => ({
  kind: 'rgc-event-entered',
  subject: 'Le départ ou l’absence d’un RGC est enregistré',
  path: rgcPages,
  about: ['rgc-event', declared.id],
  text: `${receivers[by]} a enregistré ${said(declared)} de votre structure, d’après la déclaration reçue le ${dayInWords(on)}. ${effects(declared, now)}\n\nSi ce n’est pas ce que vous avez déclaré, dites-le-lui sans attendre. Votre structure peut le contester dans le service.`,
})
const said = ({ kind }: Declared) => `${words[kind]} d’un responsable de gestion de comptes (RGC)`

/** The CSSI is told of what others declare or enter; the structure, of what the operator entered as received from it. */
const tellBoth = async (
  db: Db,
  declared: Declared,
  means: { readonly newId: () => string; readonly now: Date },
): Promise<Told> => {
  const { structure, received, who } = declared
  const organisationId = structure.id
  const officers =
    received?.by === 'cssi' ? null : await tellRoles(db, { organisationId }, declaredNotice(declared, means.now), means)
  if (!received) return officers!
  const concerned = { organisationId, but: [who] }
  const told = await tellRoles(db, concerned, enteredNotice(declared, received, means.now), means)
  return officers === null
    ? told
    : { mails: told.mails + officers.mails, emptyRoles: [...told.emptyRoles, ...officers.emptyRoles] }
}

/** The person it is about, of what the operator entered: nobody of the service had told them. */
const namedMail = (accountId: string, id: string, { by, on }: Received): PersonMail => ({
  kind: 'rgc-event-named',
  to: { accountId },
  subject: 'Votre départ ou votre absence est enregistré',
  path: '/responsables-de-comptes',
  about: ['rgc-event', id],
  why: 'un acte d’engagement vous désigne responsable de gestion de comptes (RGC)',
  text: `${receivers[by]} a enregistré votre départ, votre changement de fonction ou votre absence, d’après la déclaration de votre structure reçue le ${dayInWords(on)}. La page des responsables de gestion de comptes en dit les dates.\n\nSi c’est une erreur, dites-le sans attendre au signataire de votre structure, qui le lui fera savoir.`,
})
/** Keeps what was received; its digest. */
const keepPaper = async (db: Db, eventId: string, file: string, by: string): Promise<string> => {
  const sha256 = await insertPaper(db, eventId, file, by)
  // It serves once: of two acts that name it at the same moment, the second finds it taken.
  if (sha256 === undefined || !(await removeUpload(db, file))) throw new Refused('upload/unknown')
  return sha256
}

/**
 * Declared by the partner and told to the CSSI, or entered by the CSSI or the regional direction with the day it was
 * received (AGR-13). Late is said, never refused. The role ends with the last day, never before the declaration
 * (RGC-6); a departure ends the account too.
 */
export const declareRgcEvent = action(contract.declareRgcEvent, {
  load: async ({ body }, { db }) => {
    const [at, account] = await Promise.all([clockOf(db), accountOf(db, body.accountId)])
    return { at, account: found(account), managers: await inPlace(db, found(account).organisationId, at) }
  },
  may: (viewer, { account }) => mayDeclare(viewer, account),
  run: async ({ at, account, managers }, { body }, { db, viewer, newId }) => {
    if (!managers.some(m => m.id === account.id)) throw new Refused('rgc/not-in-place')
    const fault = eventFault(body, parisDay(at), viewer.organisationId !== account.organisationId)
    if (fault) throw new Refused(fault)
    const event: RgcEvent = eventOf(body)
    if (event.kind === 'absence' && !isLongAbsence(event.absentFrom, body.backOn ?? null))
      throw new Refused('rgc/absence-short')
    const [id, receivedOn, signedOn] = [newId(), body.receivedOn ?? null, body.signedOn ?? null]
    // What was received counts from the first instant of that day; it takes no right before it is entered.
    const late = isLate(event, receivedOn ? endOfDay(addDays(receivedOn, -1)) : at)
    const ends = rightsEnd(event, at)
    await insertEvent(db, {
      id,
      accountId: account.id,
      organisationId: account.organisationId,
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
      receivedOn,
      signedOn,
      endsAccount: endsAccount(body),
    })
    const sha256 = body.file ? await keepPaper(db, id, body.file, viewer.accountId) : null
    await settleKnown(db, id)
    await endRole(db, account.id, ends)
    const accountEnds = await endAccess(db, id)
    const means = { newId, now: at }
    const structure = account.organisation
    const receiver = receiverOf(viewer, structure.id)
    const received = receiver && receivedOn ? { by: receiver, on: receivedOn } : null
    const declared = { id, kind: event.kind, structure, ends, accountEnds, late, received, who: account.id }
    const told = await tellBoth(db, declared, means)
    if (received) await tellPerson(db, namedMail(account.id, id, received), means)
    const nobodyLeft = await tellIfNobodyIsLeft(db, structure, ends, means)
    return {
      reply: { ...eventReply(viewer, (await eventById(db, id))!, at), told, nobodyLeft },
      audit: [
        {
          action: received ? 'rgc-event.received' : 'rgc-event.declared',
          subject: ['account', account.id],
          detail: {
            event: id,
            kind: event.kind,
            knownOn: knownOn(event),
            late,
            rightsEndAt: ends,
            ...(accountEnds ? { accountEnds } : {}),
            ...(received ? { receivedOn, signedOn, sha256, enteredFor: structure.id, enteredBy: received.by } : {}),
            told,
            nobodyLeft,
          },
        },
      ],
    }
  },
})

const many = (n: number, one: string, several: string) => (n === 1 ? one : several.replace('{n}', String(n)))
/** What comes back, said to both sides and to the person. */
const inWords = ({ role, account, grants, waiting }: TakenBack): string =>
  [
    role ? 'Ses droits de gestion continuent.' : 'Aucun acte en vigueur ne lui rend ses droits de gestion.',
    ...(account ? ['Son compte est rouvert : un second facteur est à enregistrer de nouveau.'] : []),
    ...(grants > 0
      ? [many(grants, 'Une habilitation court de nouveau.', '{n} habilitations courent de nouveau.')]
      : []),
    ...(waiting > 0
      ? [
          many(
            waiting,
            'Une habilitation qui avait pris fin attend d’être rétablie par un RGC.',
            '{n} habilitations qui avaient pris fin attendent d’être rétablies une à une par un RGC.',
          ),
        ]
      : []),
  ].join(' ')

const personMail = (accountId: string, id: string, back: TakenBack): PersonMail => ({
  kind: 'rgc-event-named',
  to: { accountId },
  subject: 'Votre départ ou votre absence est annulé',
  path: rgcPages.partenaire,
  about: ['rgc-event', id],
  why: 'un acte d’engagement vous désigne responsable de gestion de comptes (RGC)',
  text: `Votre départ, votre changement de fonction ou votre absence, enregistré par erreur, n’a plus d’effet. ${inWords(back)}`,
})

/**
 * RGC-6, AGR-13: a declaration made by mistake is taken back by who made it, or contested by the structure for which the
 * operator entered it. What it cut comes back, as far as nothing else ends it since; both sides and the person are told.
 */
export const withdrawRgcEvent = action(contract.withdrawRgcEvent, {
  load: async ({ params }, { db }) => {
    const [at, event] = await Promise.all([clockOf(db), eventById(db, params.eventId)])
    return { at, event: found(event) }
  },
  may: (viewer, { event }) => mayTakeBack(viewer, eventFacts(event)),
  run: async ({ at, event }, { body }, { db, viewer, newId }) => {
    const reason = body.reason.trim()
    const back = found((await takeBackEvent(db, event.id, reason)) ?? undefined)
    if (back.refused !== undefined) throw new Refused(back.refused)
    const contested = contests(viewer, event)
    const by =
      viewer.organisationId === event.organisation.id ? `La structure « ${event.organisation.name} »` : 'L’opérateur'
    const told = await tellRoles(
      db,
      { organisationId: event.organisation.id, but: [viewer.accountId, event.person.id] },
      {
        kind: event.receivedOn ? 'rgc-event-received-withdrawn' : 'rgc-event-withdrawn',
        subject: contested
          ? 'Le départ ou l’absence d’un RGC est contesté'
          : 'Le départ ou l’absence d’un RGC est repris',
        path: regionalPages,
        about: ['rgc-event', event.id],
        text: `${by} ${contested ? 'conteste le départ ou l’absence d’un responsable de gestion de comptes (RGC) que l’opérateur avait enregistré en son nom' : 'reprend le départ ou l’absence d’un responsable de gestion de comptes (RGC), déclaré par erreur'}, nommé dans le service : il n’a plus d’effet. Motif : ${reason}\n\n${inWords(back)}`,
      },
      { newId, now: at },
    )
    if (event.person.id !== viewer.accountId)
      await tellPerson(db, personMail(event.person.id, event.id, back), { newId, now: at })
    const { role, account, grants, waiting } = back
    return {
      reply: {
        ...eventReply(viewer, (await eventById(db, event.id))!, at),
        told,
        back: { role, account, grants, waiting },
      },
      audit: [
        {
          action: contested ? 'rgc-event.contested' : 'rgc-event.withdrawn',
          subject: ['account', event.person.id],
          detail: { event: event.id, kind: event.kind, reason, back: { role, account, grants, waiting }, told },
        },
      ],
    }
  },
})
