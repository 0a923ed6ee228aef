import { createHash } from 'node:crypto'
import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { isPlainPdf } from '../../platform/pdf-file.ts'
import { parisDay } from '../../platform/time.ts'
import { certificateReply } from './deed-reply.ts'
import { accountOf, clockOf, insertCertificate, isNamed, listCertificates } from './rgc.queries.ts'

/** The certificate of the RGC module as the CSSI received it: its file and its date (RGC-4). */
export const recordCertificate = action(contract.recordCertificate, {
  load: async ({ body }, { db }) => {
    const [at, account, named] = await Promise.all([
      clockOf(db),
      accountOf(db, body.accountId),
      isNamed(db, body.accountId),
    ])
    return { at, account: found(account), named }
  },
  may: (_viewer, { named }) => named || 'rgc/not-named',
  run: async ({ at, account }, { body }, { db, viewer, now, newId }) => {
    const content = Buffer.from(body.content, 'base64')
    if (!isPlainPdf(content)) throw new Refused('rgc/certificate-not-pdf')
    if (body.issuedOn > parisDay(at)) throw new Refused('rgc/certificate-in-future')
    const id = newId()
    const sha256 = createHash('sha256').update(content).digest()
    await insertCertificate(db, {
      id,
      accountId: account.id,
      organisationId: account.organisationId,
      issuedOn: body.issuedOn,
      fileName: body.fileName.trim(),
      content,
      sha256,
      recordedBy: viewer.accountId,
      recordedAt: at,
    })
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
      reply: certificateReply((await listCertificates(db)).find(c => c.id === id)!),
      audit: [
        {
          action: 'rgc-certificate.recorded',
          subject: ['account', account.id],
          detail: { certificate: id, issuedOn: body.issuedOn, sha256: sha256.toString('hex') },
        },
      ],
    }
  },
})
