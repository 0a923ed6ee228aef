import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { uuidv7 } from '../../platform/ids.ts'
import { pdfMaker } from '../../platform/pdf.ts'
import { buildServer } from '../../platform/server.ts'
import { systemClock } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { textOfPdf } from '../../testing/pdf.ts'
import { giveRole } from '../accounts/testing.ts'
import { deedFile } from './deed-file-route.ts'
import { rgc } from './index.ts'

let house: House
let server: FastifyInstance
let cssi: Person
before(async () => {
  house = await openHouse(rgc)
  cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
  const makePdf = pdfMaker()
  server = await buildServer({
    database: house.database,
    actions: [],
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1_000_000,
    shedLoad: false,
    exceptions: [
      deedFile({
        database: house.database,
        makePdf,
        originKey: Buffer.alloc(32),
        secure: false,
        clock: systemClock,
        newId: uuidv7,
      }),
    ],
  })
})
after(async () => {
  await server.close()
  await house.close()
})
const file = (who: Person | null, id: string) =>
  server.inject({ method: 'GET', url: `/api/rgc/deeds/${id}/deed.pdf`, headers: who ? { cookie: who.cookie } : {} })

test('RGC-1: the signed deed is a tagged PDF of the same bytes ever after, read by the CSSI and by the person it names alone, each reading in the trail', async () => {
  const organisationId = (await house.organisation({ name: 'CC des Essais' })).id
  const [signatory, titular, deputy] = [
    await house.person(organisationId),
    await house.person(organisationId),
    await house.person(organisationId),
  ]
  await giveRole(house.owner, signatory, 'signataire')
  const propose = async (...people: Person[]) => {
    const members = await Promise.all(
      people.map(async (p, n) => ({
        position: n ? 'suppleant' : 'titulaire',
        givenName: 'Camille',
        familyName: `Essai${n}`,
        bornOn: `198${n}-02-01`,
        telephone: '05 00 00 00 00',
        email: (await house.owner.query('select email from account_contacts where account_id = $1', [p.id])).rows[0]
          .email,
        staff: 'permanent',
      })),
    )
    const deed = (
      await house.call(
        signatory,
        'POST',
        '/rgc/deeds',
        {
          address: '1 place de l’Essai',
          signatoryId: signatory.id,
          signatoryTitle: 'Direction',
          conditionsGiven: true,
          members,
        },
        once(),
      )
    ).body
    assert.equal((await file(cssi, deed.id)).statusCode, 404, 'not before it is sent')
    for (const p of [...people, signatory]) await house.call(p, 'POST', `/rgc/deeds/${deed.id}/sign`, undefined, once())
    return deed.id as string
  }
  const both = await propose(titular, deputy)
  for (const [who, status] of [
    [null, 401],
    [signatory, 404],
    [titular, 404],
    [deputy, 404],
    [await house.person((await house.organisation()).id), 404],
    [cssi, 200],
  ] as const)
    assert.equal((await file(who, both)).statusCode, status)
  const [one, two] = await Promise.all([file(cssi, both), file(cssi, both)])
  assert.deepEqual(one.rawPayload, two.rawPayload)
  const source = one.rawPayload.toString('latin1')
  for (const sign of [/^%PDF-/, /\/MarkInfo\s*<<[^>]*\/Marked true/, /<pdfuaid:part>1</, /\/Lang \(fr/, /\/S \/H2/])
    assert.match(source, sign)
  const text = textOfPdf(one.rawPayload)
  for (const said of ['CC des Essais', '1er février 1980', '1er février 1981', 'par second facteur', 'Empreinte'])
    assert.ok(text.includes(said), said)
  const alone = await propose(titular)
  assert.equal((await file(titular, alone)).statusCode, 200, 'it names nobody else')
  assert.equal((await file(deputy, alone)).statusCode, 404)
  const read = (
    await house.owner.query(
      `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'rgc-deed.file-read' and e.subject_id = $1`,
      [both],
    )
  ).rows
  assert.deepEqual(
    [...new Set(read.map(r => r.detail.sha256))],
    [createHash('sha256').update(one.rawPayload).digest('hex')],
  )
  assert.equal(read.length, 3)
  assert.equal((await file(cssi, 'x')).statusCode, 400)
})
