import { createHash } from 'node:crypto'
import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { type PersonMail, tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import { invite, invitedBy } from '../../signing-in/invitations/invitation.ts'
import { deedReply } from './deed-reply.ts'
import { deedText, faultOf } from './deed-rules.ts'
import { rgcPages } from './notices.ts'
import { mayPropose } from './rgc.policy.ts'
import {
  abandonUnsent,
  clockOf,
  deedById,
  insertDeed,
  memberAccount,
  ownOrganisation,
  ownSignatories,
} from './rgc.queries.ts'

const tidy = (text: string) => text.trim().replaceAll(/\s+/g, ' ')

/** A person whom the deed names may have no account yet, hence no mail. The deed waits for their signature too. */
const designatedMail = (
  accountId: string,
  deedId: string,
  organisation: string,
  invitation: string | null,
): PersonMail => ({
  kind: 'rgc-deed-designated',
  to: { accountId },
  subject: 'Un acte d’engagement vous désigne et attend votre signature',
  path: invitation ?? '/responsables-de-comptes',
  about: ['rgc-deed', deedId],
  why: 'votre structure vous désigne responsable de gestion de comptes',
  text: `La structure « ${organisation} » vous désigne responsable de gestion de comptes (RGC) dans un acte d’engagement, qui attend votre signature.\n\nConnectez-vous par ProConnect avec cette adresse${invitation ? invitedBy : ''} : vous y lirez l’acte et le signerez par votre second facteur. Le service vous dira ensuite ce qu’il reste à faire, et qui doit agir.`,
})

/** Opens an account, without any grant, for each named person who has none: they come in and sign. */
export const proposeDeed = action(contract.proposeDeed, {
  load: async (_input, { db }) => {
    const [at, organisation, signatories] = await Promise.all([clockOf(db), ownOrganisation(db), ownSignatories(db)])
    return { at, organisation: found(organisation), signatories }
  },
  may: mayPropose,
  run: async ({ at, organisation, signatories }, { body }, { db, viewer, now, today, newId }) => {
    const fault = faultOf(body, today)
    if (fault) throw new Refused(fault)
    const signatory = signatories.find(s => s.id === body.signatoryId)
    if (!signatory) throw new Refused('rgc/signatory-unknown')
    const members = []
    for (const [n, m] of body.members.entries()) {
      const named = {
        position: m.position,
        rank: n + 1,
        givenName: tidy(m.givenName),
        familyName: tidy(m.familyName),
        phone: tidy(m.telephone),
        email: m.email.trim().toLowerCase(),
        bornOn: m.bornOn,
      }
      const accountId = await memberAccount(db, newId(), named)
      if (!accountId) throw new Refused('rgc/not-of-the-structure')
      members.push({ ...named, accountId })
    }
    const replaced = await abandonUnsent(db, at)
    const id = newId()
    const [address, signatoryTitle] = [tidy(body.address), tidy(body.signatoryTitle)]
    const text = deedText({
      organisation: { name: organisation.name, siret: siretText(organisation.siret), address },
      signatory: { ...signatory, title: signatoryTitle },
      members,
    })
    const digest = createHash('sha256').update(text).digest()
    await insertDeed(
      db,
      {
        id,
        organisationId: organisation.id,
        organisationName: organisation.name,
        siret: organisation.siret,
        address,
        signatoryId: signatory.id,
        signatoryName: signatory.name,
        signatoryTitle,
        digest,
        createdBy: viewer.accountId,
        createdAt: at,
      },
      members,
    )
    const told = await tellRoles(
      db,
      { organisationId: organisation.id },
      {
        kind: 'rgc-deed-to-sign',
        subject: 'Un acte d’engagement attend votre signature',
        text: 'Un acte d’engagement de responsable de gestion de comptes (RGC) de votre structure attend votre signature et celle des personnes qu’il désigne. Une fois signé par tous, il part au correspondant sécurité de l’opérateur (CSSI).',
        path: rgcPages,
        about: ['rgc-deed', id],
      },
      { newId, now },
    )
    const designated = members.filter(m => m.accountId !== viewer.accountId && m.accountId !== signatory.id)
    for (const { accountId } of designated)
      await tellPerson(
        db,
        designatedMail(
          accountId,
          id,
          organisation.name,
          await invite(db, accountId, newId, '/responsables-de-comptes'),
        ),
        { newId, now },
      )
    return {
      reply: { ...deedReply(viewer, (await deedById(db, id))!, at), told },
      audit: [
        {
          action: 'rgc-deed.proposed',
          subject: ['rgc-deed', id],
          detail: {
            members: members.map(m => ({ account: m.accountId, position: m.position })),
            signatory: signatory.id,
            digest: digest.toString('hex'),
            conditionsGiven: true,
            replacedUnsent: replaced,
            told,
            designatedTold: designated.length,
          },
        },
      ],
    }
  },
})
