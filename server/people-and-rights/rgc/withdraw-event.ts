import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { type PersonMail, tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { contests, eventFacts, eventReply } from './deed-reply.ts'
import { eventById, type TakenBack, takeBackEvent } from './events.queries.ts'
import { rgcPages } from './notices.ts'
import { mayTakeBack } from './rgc.policy.ts'

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
  load: async ({ params }, { db }) => ({ event: found(await eventById(db, params.eventId)) }),
  may: (viewer, { event }) => mayTakeBack(viewer, eventFacts(event)),
  run: async ({ event }, { body }, { db, viewer, now, newId }) => {
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
        kind: 'rgc-event-withdrawn',
        subject: contested
          ? 'Le départ ou l’absence d’un RGC est contesté'
          : 'Le départ ou l’absence d’un RGC est repris',
        path: rgcPages,
        about: ['rgc-event', event.id],
        text: `${by} ${contested ? 'conteste le départ ou l’absence d’un responsable de gestion de comptes (RGC) que l’opérateur avait enregistré en son nom' : 'reprend le départ ou l’absence d’un responsable de gestion de comptes (RGC), déclaré par erreur'}, nommé dans le service : il n’a plus d’effet. Motif : ${reason}\n\n${inWords(back)}`,
      },
      { newId, now },
    )
    if (event.person.id !== viewer.accountId)
      await tellPerson(db, personMail(event.person.id, event.id, back), { newId, now })
    const { role, account, grants, waiting } = back
    return {
      reply: {
        ...eventReply(viewer, (await eventById(db, event.id))!),
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
