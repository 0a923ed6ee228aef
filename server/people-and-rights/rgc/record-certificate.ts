import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { parisDay } from '../../platform/time.ts'
import { removeUpload } from '../uploads/uploads.queries.ts'
import { certificateReply } from './deed-reply.ts'
import { certificateById, conventionToCertify, insertCertificate } from './kept-files.queries.ts'
import { mayAnswerFor } from './rgc.policy.ts'
import { accountOf, clockOf } from './rgc.queries.ts'

/** The certificate of the RGC module as the CSSI received it: its file, sent and checked before, and its date (RGC-4). */
export const recordCertificate = action(contract.recordCertificate, {
  load: async ({ body }, { db }) => {
    const [at, account, convention] = await Promise.all([
      clockOf(db),
      accountOf(db, body.accountId),
      conventionToCertify(db, body.accountId),
    ])
    return { at, account: found(account), convention }
  },
  may: (viewer, { account, convention }) => {
    const answers = mayAnswerFor(viewer, account.organisationId)
    return answers !== true ? answers : convention !== undefined || 'rgc/not-named'
  },
  run: async ({ at, account, convention }, { body }, { db, viewer, now, newId }) => {
    if (body.issuedOn > parisDay(at)) throw new Refused('rgc/certificate-in-future')
    const id = newId()
    const sha256 = await insertCertificate(db, {
      id,
      accountId: account.id,
      organisationId: account.organisationId,
      conventionId: convention!,
      issuedOn: body.issuedOn,
      uploadId: body.file,
      recordedBy: viewer.accountId,
      recordedAt: at,
    })
    // It serves once: of two acts that name it at the same moment, the second finds it taken.
    if (sha256 === undefined || !(await removeUpload(db, body.file))) throw new Refused('upload/unknown')
    await tellPerson(
      db,
      {
        kind: 'rgc-certificate',
        to: { accountId: account.id },
        subject: 'Votre attestation du module RGC est enregistrée',
        text: 'Le correspondant sécurité de l’opérateur (CSSI) a enregistré votre attestation du module RGC. Le service vous montre ce qu’il reste à faire, et qui doit agir, pour que la gestion des comptes vous soit ouverte.',
        why: 'votre structure vous a désigné responsable de gestion de comptes',
        path: '/responsables-de-comptes',
        about: ['rgc-certificate', id],
      },
      { newId, now },
    )
    return {
      reply: certificateReply((await certificateById(db, id))!),
      audit: [
        {
          action: 'rgc-certificate.recorded',
          subject: ['account', account.id],
          detail: { certificate: id, issuedOn: body.issuedOn, sha256 },
        },
      ],
    }
  },
})
