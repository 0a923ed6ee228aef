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
import { aScan, insertSent } from '../uploads/testing.ts'
import { deedFile } from './deed-file-route.ts'
import { rgc } from './index.ts'
import { deedActs, withConditions } from './testing.ts'

let house: House
let server: FastifyInstance
let cssi: Person
before(async () => {
  house = await withConditions(await openHouse(rgc))
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
    for (const p of [...people, signatory])
      await house.call(p, 'POST', `/rgc/deeds/${deed.id}/sign`, { digest: deed.digest }, once())
    return deed.id as string
  }
  const both = await propose(titular, deputy)
  for (const [who, status] of [
    [null, 401],
    [signatory, 200],
    [titular, 200],
    [deputy, 200],
    [await house.person(organisationId), 404],
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
  const {
    rows: [signed],
  } = await house.owner.query('select commitments from rgc_deeds where id = $1', [both])
  const spaced = (said: string) => said.replaceAll(/\s+/g, ' ')
  for (const said of [...signed.commitments, 'Conditions générales d’accès, version 1'])
    assert.ok(spaced(text).includes(spaced(said)), said)
  // A copy says one’s own date of birth, and masks the others’.
  for (const [who, own] of [
    [signatory, []],
    [titular, ['1er février 1980']],
    [deputy, ['1er février 1981']],
  ] as const) {
    const copy = textOfPdf((await file(who, both)).rawPayload)
    for (const day of ['1er février 1980', '1er février 1981'])
      assert.equal(copy.includes(day), (own as readonly string[]).includes(day), `${day} of ${who.name}`)
    assert.ok(copy.includes('masquée dans cette copie') && spaced(copy).includes(spaced(signed.commitments[1])))
  }
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
  const whole = read.filter(r => !r.detail.copy)
  assert.deepEqual(
    [...new Set(whole.map(r => r.detail.sha256))],
    [createHash('sha256').update(one.rawPayload).digest('hex')],
  )
  assert.deepEqual([whole.length, read.length - whole.length], [3, 6])
  assert.equal((await file(cssi, 'x')).statusCode, 400)
})

test('AGR-13, RGC-10: the scan of a deed signed by hand is read by the CSSI and by the person it names alone; the others keep a copy, the dates of birth masked', async () => {
  const organisationId = (await house.organisation({ name: 'CC des Papiers' })).id
  const [signatory, titular, deputy] = [
    await house.person(organisationId),
    await house.person(organisationId),
    await house.person(organisationId),
  ]
  await giveRole(house.owner, signatory, 'signataire')
  const acts = deedActs(house)
  const {
    rows: [convention],
  } = await house.owner.query('select id from conventions where organisation_id = $1', [organisationId])
  const enter = async (bytes: Buffer, type: string, ...people: Person[]) => {
    const { status, body } = await acts.call(cssi, 'POST', '/rgc/paper-deeds', {
      organisationId,
      conventionId: convention.id,
      address: '1 place de l’Essai',
      signatoryId: signatory.id,
      signatoryTitle: 'Présidence',
      conditionsGiven: true,
      members: await Promise.all(people.map((p, n) => acts.named(p, { bornOn: `198${n}-02-01` }))),
      signedOn: '2026-01-05',
      receivedOn: '2026-01-08',
      file: await insertSent(house.owner, cssi.id, bytes, { type }),
    })
    assert.equal(status, 200, JSON.stringify(body))
    return body.id as string
  }
  const scan = aScan(600_000)
  const both = await enter(scan, 'application/pdf', titular, deputy)
  const read = await file(cssi, both)
  assert.deepEqual([read.statusCode, read.rawPayload.equals(scan)], [200, true])
  for (const who of [signatory, titular, deputy]) {
    const copy = await file(who, both)
    const text = textOfPdf(copy.rawPayload).replaceAll(/\s+/g, ' ')
    assert.equal(copy.statusCode, 200)
    assert.ok(!copy.rawPayload.equals(scan) && text.includes('masquée dans cette copie'))
    assert.ok(text.includes('à la main, sur l’exemplaire daté du 5 janvier 2026'), text)
  }
  const image = Buffer.from('une image')
  const alone = await enter(image, 'image/png', titular)
  const own = await file(titular, alone)
  assert.deepEqual(
    [own.statusCode, own.headers['content-type'], own.rawPayload.equals(image)],
    [200, 'image/png', true],
  )
  assert.match(String(own.headers['content-disposition']), /\.png"$/)
  assert.equal((await file(deputy, alone)).statusCode, 404)
})

test('AGR-13, RGC-6: the paper of a departure is read by whoever reads the departure, each reading in the trail', async () => {
  const organisationId = (await house.organisation()).id
  const [signatory, manager, agent] = [
    await house.person(organisationId),
    await house.person(organisationId),
    await house.person(organisationId),
  ]
  await giveRole(house.owner, signatory, 'signataire')
  await giveRole(house.owner, manager, 'rgc')
  const letter = Buffer.from('%PDF-1.7 lettre de départ %%EOF')
  const { body } = await deedActs(house).call(cssi, 'POST', '/rgc/events', {
    accountId: manager.id,
    kind: 'depart',
    lastDay: '2026-01-05',
    knownOn: '2026-01-05',
    signedOn: '2026-01-06',
    receivedOn: '2026-01-07',
    file: await insertSent(house.owner, cssi.id, letter),
  })
  const paper = (who: Person | null) =>
    server.inject({
      method: 'GET',
      url: `/api/rgc/events/${body.id}/paper`,
      headers: who ? { cookie: who.cookie } : {},
    })
  for (const [who, status] of [
    [null, 401],
    [cssi, 200],
    [signatory, 200],
    [manager, 200],
    [agent, 404],
    [await house.person((await house.organisation()).id), 404],
  ] as const)
    assert.equal((await paper(who)).statusCode, status)
  assert.ok((await paper(signatory)).rawPayload.equals(letter))
  const { rows } = await house.owner.query(
    `select from audit_entries where action = 'rgc-event.paper-read' and subject_id = $1`,
    [manager.id],
  )
  assert.equal(rows.length, 4)
})
