import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { sha256 } from '../../platform/digest.ts'
import { found, Refused } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import { deedReply } from './deed-reply.ts'
import { deedCommitments, deedText, faultOf } from './deed-rules.ts'
import { nameMembers, tidy } from './name-members.ts'
import { rgcPages, tellDesignated } from './notices.ts'
import { mayPropose } from './rgc.policy.ts'
import {
  abandonUnsent,
  accessConditions,
  clockOf,
  deedById,
  insertDeed,
  ownConventions,
  ownOrganisation,
} from './rgc.queries.ts'
import { ownSignatories } from './structures.queries.ts'

/** Opens an account, without any grant, for each named person who has none: they come in and sign. */
export const proposeDeed = action(contract.proposeDeed, {
  load: async (_input, { db }) => {
    const [at, organisation, signatories, conventions, conditions] = await Promise.all([
      clockOf(db),
      ownOrganisation(db),
      ownSignatories(db),
      ownConventions(db),
      accessConditions(db),
    ])
    return { at, organisation: found(organisation), signatories, conventions, conditions }
  },
  may: mayPropose,
  run: async (
    { at, organisation, signatories, conventions, conditions },
    { body },
    { db, viewer, now, today, newId },
  ) => {
    const fault = faultOf(body, today)
    if (fault) throw new Refused(fault)
    const signatory = signatories.find(s => s.id === body.signatoryId)
    if (!signatory) throw new Refused('rgc/signatory-unknown')
    const convention = body.conventionId ? conventions.find(c => c.id === body.conventionId) : conventions[0]
    if (!convention) throw new Refused('rgc/no-convention')
    if (!conditions) throw new Refused('rgc/no-conditions')
    const members = await nameMembers(db, body.members, { ...organisation, signatories, own: true }, newId)
    const replaced = await abandonUnsent(db, at)
    const id = newId()
    const [address, signatoryTitle] = [tidy(body.address), tidy(body.signatoryTitle)]
    const text = deedText({
      convention: convention.number,
      commitments: deedCommitments,
      conditions,
      organisation: { name: organisation.name, siret: siretText(organisation.siret), address },
      signatory: { id: signatory.id, name: signatory.name, title: signatoryTitle },
      members,
    })
    const digest = sha256(text)
    await insertDeed(
      db,
      {
        id,
        organisationId: organisation.id,
        conventionId: convention.id,
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
      {
        commitments: [...deedCommitments],
        conditionsId: conditions.id,
        conditionsTitle: conditions.title,
        conditionsVersion: conditions.version,
        conditionsHash: conditions.hash,
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
    await tellDesignated(
      db,
      {
        deedId: id,
        accountIds: designated.map(m => m.accountId),
        subject: 'Un acte d’engagement vous désigne et attend votre signature',
        text: invited =>
          `La structure « ${organisation.name} » vous désigne responsable de gestion de comptes (RGC) dans un acte d’engagement, qui attend votre signature.\n\nConnectez-vous par ProConnect avec cette adresse${invited} : vous y lirez l’acte et le signerez par votre second facteur. Le service vous dira ensuite ce qu’il reste à faire, et qui doit agir.`,
      },
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
            convention: convention.id,
            digest: digest.toString('hex'),
            conditionsGiven: { document: conditions.id, version: conditions.version },
            replacedUnsent: replaced,
            told,
            designatedTold: designated.length,
          },
        },
      ],
    }
  },
})
