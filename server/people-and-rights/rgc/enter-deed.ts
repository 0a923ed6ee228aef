import * as contract from '../../../contract/people-and-rights/rgc.ts'
import type { Told } from '../../notifications/recipient-rules.ts'
import { type Notice, tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { found, Refused } from '../../platform/errors.ts'
import { dayInWords } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'
import { removeUpload, uploadById } from '../uploads/uploads.queries.ts'
import { saveContest } from './answers.queries.ts'
import { silenceAccepts } from './deadlines.ts'
import { deedReply, isContestable, memberIds } from './deed-reply.ts'
import { engagementsOf, faultOf } from './deed-rules.ts'
import { mustConfirmEffect, paperFault } from './event-rules.ts'
import { insertScan } from './kept-files.queries.ts'
import { nameMembers, tidy } from './name-members.ts'
import {
  lastDayInWords,
  type Receiver,
  receiverOf,
  receivers,
  rgcPages,
  tellDesignated,
  tellIfNobodyIsLeft,
} from './notices.ts'
import { mayContestDeed, mayEnterDeed } from './rgc.policy.ts'
import { accessConditionsOn, clockOf, deedById, insertDeed, replacedBy, sendDeed } from './rgc.queries.ts'
import { structureById } from './structures.queries.ts'

/** What the structure reads: nobody of it has typed anything. */
const enteredNotice = (
  id: string,
  { signedOn, receivedOn }: { readonly signedOn: string; readonly receivedOn: string },
  receiver: string,
  until: Date | null,
  replaced: boolean,
): Notice => ({
  kind: 'rgc-deed-entered',
  subject: 'Un acte d’engagement signé à la main est enregistré en votre nom',
  path: rgcPages,
  about: ['rgc-deed', id],
  text: [
    `${receiver} a reçu le ${dayInWords(receivedOn)} un acte d’engagement que votre structure a signé à la main le ${dayInWords(signedOn)}, et l’a enregistré en votre nom.`,
    until
      ? `Il fait suite à un refus : sans réponse de l’opérateur, il est accepté à la fin du ${lastDayInWords(until)}. Jusque-là, ceux qui étaient en place le restent.`
      : 'Il est en vigueur dès maintenant.',
    ...(replaced ? ['L’acte qui attendait des signatures dans le service est abandonné.'] : []),
    'Si votre structure ne l’a pas signé, ou si une date est fausse, dites-le-lui sans attendre. Le signataire peut le contester dans le service.',
  ].join('\n\n'),
})

/** What the CSSI reads of a deed that the signatory deposits, or that the regional direction received. */
const depositedNotice = (id: string, who: string, until: Date | null): Notice => ({
  kind: 'rgc-deed-sent',
  subject: 'Un acte d’engagement de RGC, signé à la main, vous est adressé',
  path: rgcPages,
  about: ['rgc-deed', id],
  text: [
    `${who} un acte d’engagement signé à la main, avec l’exemplaire numérisé.`,
    until
      ? `Il fait suite à un refus : sans réponse de votre part, il est accepté à la fin du ${lastDayInWords(until)}. Jusque-là, ceux qui étaient en place le restent.`
      : 'Il est en vigueur dès maintenant ; vous pouvez le refuser par écrit, avec un motif.',
  ].join('\n\n'),
})

/** The structure, of what is entered in its name; the CSSI, who answers it, of what others enter. */
const tellReceived = async (
  db: Db,
  deed: {
    readonly id: string
    readonly organisation: { readonly id: string; readonly name: string }
    readonly but: readonly string[]
    /** Null: deposited by its signatory. */
    readonly receiver: Receiver | null
    readonly days: { readonly signedOn: string; readonly receivedOn: string }
    readonly until: Date | null
    readonly replaced: boolean
  },
  means: { readonly newId: () => string; readonly now: Date },
): Promise<Told> => {
  const { id, organisation, receiver, until } = deed
  const concerned = { organisationId: organisation.id, but: deed.but }
  const deposited =
    receiver === null
      ? `Le signataire de la structure « ${organisation.name} » dépose`
      : `La direction régionale enregistre, au nom de la structure « ${organisation.name} » dont elle l’a reçu,`
  if (receiver !== 'cssi') {
    const told = await tellRoles(db, concerned, depositedNotice(id, deposited, until), means)
    if (receiver === null) return told
  }
  const notice = enteredNotice(id, deed.days, receivers[receiver], until, deed.replaced)
  return tellRoles(db, concerned, notice, means)
}

const tellNamed = (
  db: Db,
  deedId: string,
  structure: string,
  members: readonly { readonly accountId: string }[],
  means: { readonly newId: () => string; readonly now: Date },
): Promise<void> =>
  tellDesignated(
    db,
    {
      deedId,
      accountIds: members.map(m => m.accountId),
      subject: 'Un acte d’engagement signé à la main vous désigne',
      text: invited =>
        `La structure « ${structure} » vous désigne responsable de gestion de comptes (RGC) dans un acte d’engagement signé à la main, dont l’opérateur a l’exemplaire.\n\nConnectez-vous par ProConnect avec cette adresse${invited} : le service vous dira ce qu’il reste à faire, et qui doit agir.\n\nSi vous ne l’avez pas signé, dites-le sans attendre à l’opérateur.`,
    },
    means,
  )

/**
 * AGR-13, RGC-10: a deed signed by hand, entered in the name of the structure by the CSSI or the regional direction who
 * received it, or deposited by its signatory. The scan is what was signed. Nothing else differs: who may be named, the
 * month after a refusal, the conditions of the tool.
 */
export const enterDeed = action(contract.enterDeed, {
  load: async ({ body }, { db }) => {
    const [at, structure, upload, conditions] = await Promise.all([
      clockOf(db),
      structureById(db, body.organisationId),
      uploadById(db, body.file),
      accessConditionsOn(db, body.signedOn),
    ])
    return { at, structure: found(structure), upload, conditions }
  },
  may: (viewer, { structure }) =>
    mayEnterDeed(viewer, { organisationId: structure.organisation.id, regionId: structure.regionId }),
  run: async ({ at, structure, upload, conditions }, { body }, { db, viewer, now, newId }) => {
    const { organisation, siret, conventions, signatories } = structure
    const { signedOn, receivedOn, confirms } = body
    const receiver = receiverOf(viewer, organisation.id)
    const today = parisDay(at)
    const fault = paperFault({ signedOn, receivedOn }, today) ?? faultOf(body, today)
    // Deposited by its structure, it reaches the CSSI now.
    if (receiver === null && receivedOn !== today) throw new Refused('rgc/paper-dates')
    if (fault) throw new Refused(fault)
    const signatory = signatories.find(s => s.id === body.signatoryId)
    if (!signatory) throw new Refused('rgc/signatory-unknown')
    const convention = conventions.find(c => c.id === body.conventionId)
    if (!convention) throw new Refused('rgc/no-convention')
    if (!upload?.sha256) throw new Refused('upload/unknown')
    const members = await nameMembers(db, body.members, { ...organisation, signatories, own: receiver === null }, newId)
    const id = newId()
    await insertDeed(
      db,
      {
        id,
        organisationId: organisation.id,
        conventionId: convention.id,
        organisationName: organisation.name,
        siret,
        address: tidy(body.address),
        signatoryId: signatory.id,
        signatoryName: signatory.name,
        signatoryTitle: tidy(body.signatoryTitle),
        digest: Buffer.from(upload.sha256, 'hex'),
        createdBy: viewer.accountId,
        createdAt: at,
        paperSignedOn: signedOn,
        paperReceivedOn: receivedOn,
      },
      engagementsOf(conditions),
      members,
    )
    // It serves once: of two acts that name it at the same moment, the second finds it taken.
    if (!(await insertScan(db, id, body.file, at)) || !(await removeUpload(db, body.file)))
      throw new Refused('upload/unknown')
    if (!(await sendDeed(db, id))) throw new Refused('rgc/changed-meanwhile')
    const deed = (await deedById(db, id))!
    const abandoned = await replacedBy(db, id)
    // The month of a paper entered late is over already: it is in force within the millisecond.
    const soon = new Date(at.getTime() + 1)
    const accepted = deed.silenceAcceptsAt !== null && deed.silenceAcceptsAt <= soon
    const effect = { monthEnds: silenceAccepts(receivedOn), confirms }
    mustConfirmEffect({ before: null, after: deed.silenceAcceptsAt }, effect, soon)
    const until = accepted ? null : deed.silenceAcceptsAt
    await tellNamed(db, id, organisation.name, members, { newId, now })
    const told = await tellReceived(
      db,
      {
        id,
        organisation,
        but: members.map(m => m.accountId),
        receiver,
        days: body,
        until,
        replaced: abandoned !== undefined,
      },
      { newId, now },
    )
    return {
      reply: {
        ...deedReply(viewer, deed, accepted ? deed.silenceAcceptsAt! : at),
        told: { ...told, mails: told.mails + members.length },
      },
      audit: [
        {
          action: 'rgc-deed.entered',
          subject: ['rgc-deed', id],
          detail: {
            members: members.map(m => ({ account: m.accountId, position: m.position })),
            signatory: signatory.id,
            convention: convention.id,
            digest: upload.sha256,
            signedOn,
            receivedOn,
            ...(receiver ? { enteredFor: organisation.id, enteredBy: receiver } : {}),
            conditionsGiven: conditions ? { document: conditions.id, version: conditions.version } : null,
            silenceAcceptsAt: deed.silenceAcceptsAt,
            told,
            designatedTold: members.length,
          },
        },
        ...(abandoned
          ? [{ action: 'rgc-deed.abandoned', subject: ['rgc-deed', abandoned], detail: { by: id } } as const]
          : []),
      ],
    }
  },
})

/**
 * AGR-13: the structure contests a deed that the operator entered in its name. It counts no more: those it alone
 * designated lose the role, those it let go have it back.
 */
export const contestDeed = action(contract.contestDeed, {
  load: async ({ params }, { db }) => {
    const [at, deed] = await Promise.all([clockOf(db), deedById(db, params.deedId)])
    return { at, deed: found(deed) }
  },
  may: (viewer, { deed }) => mayContestDeed(viewer, { organisationId: deed.organisation.id }),
  run: async ({ at, deed }, { body }, { db, viewer, newId }) => {
    const reason = body.reason.trim()
    if (!isContestable(deed, at) || !(await saveContest(db, deed.id, reason))) throw new Refused('rgc/not-contestable')
    const notice = {
      path: rgcPages,
      about: ['rgc-deed', deed.id],
      subject: 'Un acte d’engagement enregistré par l’opérateur est contesté',
      text: `La structure « ${deed.organisation.name} » conteste l’acte d’engagement signé à la main que l’opérateur avait enregistré en son nom : il n’a plus d’effet. Motif : ${reason}\n\nQui était en place avant lui le redevient ; qui n’était désigné que par lui ne l’est plus.`,
    } as const
    const named = memberIds(deed).filter(id => id !== viewer.accountId)
    for (const accountId of named)
      await tellPerson(
        db,
        {
          ...notice,
          path: rgcPages.partenaire,
          kind: 'rgc-deed-answered',
          to: { accountId },
          why: 'un acte d’engagement vous désigne responsable de gestion de comptes (RGC)',
        },
        { newId, now: at },
      )
    const roles = await tellRoles(
      db,
      { organisationId: deed.organisation.id, but: [viewer.accountId, ...named] },
      { ...notice, kind: 'rgc-deed-contested' },
      { newId, now: at },
    )
    const told = { ...roles, mails: roles.mails + named.length }
    const nobodyLeft = await tellIfNobodyIsLeft(db, deed.organisation, at, { newId, now: at })
    return {
      reply: { ...deedReply(viewer, (await deedById(db, deed.id))!, at), told, nobodyLeft },
      audit: [{ action: 'rgc-deed.contested', subject: ['rgc-deed', deed.id], detail: { reason, told, nobodyLeft } }],
    }
  },
})
