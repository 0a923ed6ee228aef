import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { mostUploaded, pieceBytes } from '../../../contract/people-and-rights/uploads.ts'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { clamd } from '../../platform/antivirus.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { metrics } from '../../platform/telemetry.ts'
import { type Clamd, eicar, openClamd } from '../../platform/testing-clamd.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { until } from '../../testing/until.ts'
import { giveRole } from '../accounts/testing.ts'
import { uploads } from './index.ts'
import { aScan, check, sendFile, sendPiece } from './testing.ts'
import { uploadRoutes } from './upload-routes.ts'

let now = new Date('2026-03-02T09:00:00Z')
let house: House
let mailbox: Mailbox
let antivirus: Clamd
let plain: House // without antivirus
let gilles: Person
let agent: Person
let other: Person
let structure: string

/** A slow machine is not a silent antivirus. */
const patientOf = (address: string) => ({
  scan: () => clamd(address, { withinMs: antivirus.manner === 'stays-silent' ? 300 : 60_000 }).scan(),
  answers: () => clamd(address).answers(),
})
const open = (address?: string) =>
  openHouse(uploads, {
    clock: () => now,
    exceptions: database => [
      uploadRoutes({
        database,
        originKey: Buffer.alloc(32),
        secure: false,
        clock: () => now,
        newId: uuidv7,
        antivirus: address === undefined ? undefined : patientOf(address),
      }),
    ],
  })
const aSender = async (of: House, organisationId: string) => {
  const person = await of.person(organisationId)
  await giveRole(of.owner, person, 'signataire')
  return person
}
before(async () => {
  antivirus = await openClamd()
  house = await open(antivirus.address)
  plain = await open()
  mailbox = await openMailbox()
  const { id, name } = await house.organisation()
  structure = name
  gilles = await aSender(house, id)
  other = await aSender(house, id)
  agent = await house.person(id)
  const operator = (await house.organisation({ kind: 'operateur', name: 'Opérateur' })).id
  await giveRole(house.owner, await house.person(operator), 'cssi')
})
beforeEach(() => {
  antivirus.manner = 'reads'
  antivirus.files.length = 0
})
after(async () => {
  await mailbox.close()
  await house.close()
  await plain.close()
  await antivirus.close()
})

const pdf = (said: string) => Buffer.from(`%PDF-1.7 ${said} %%EOF`)
const trail = async (id: string) =>
  (await house.owner.query('select action from audit_entries where subject_id = $1 order by id', [id])).rows.map(
    r => r.action,
  )
const detailOf = async (id: string, action: string) =>
  (
    await house.owner.query(
      `select detail from audit_details d join audit_entries e on e.id = d.entry_id
        where e.subject_id = $1 and e.action = $2`,
      [id, action],
    )
  ).rows[0].detail
const kept = async (id: string) =>
  Number((await house.owner.query('select count(*) from upload_pieces where upload_id = $1', [id])).rows[0].count)
const lastUpload = async () =>
  (
    await house.owner.query(
      `select subject_id from audit_entries where action = 'upload.begun' order by id desc limit 1`,
    )
  ).rows[0].subject_id
const begin = async (who: Person, size: number, name = 'scan.pdf') =>
  (await house.call(who, 'POST', '/uploads', { name, size }, once())).body.id as string
const outcomes = async (outcome: string) =>
  Number(new RegExp(`uploads_checked_total\\{outcome="${outcome}"\\} (\\d+)`).exec(await metrics.metrics())?.[1] ?? 0)

test('AGR-2, AGR-13: a scan of 20 MB arrives by pieces of 512 KiB; the antivirus reads the very bytes, and their digest is kept', async () => {
  const scan = aScan(mostUploaded)
  const { status, body } = await sendFile(house, gilles, scan, 'Convention signée.pdf')
  const sha256 = createHash('sha256').update(scan).digest('hex')
  assert.deepEqual(
    [status, body.name, body.size, body.received, body.type, body.sha256, body.scanned],
    [200, 'Convention signée.pdf', mostUploaded, 40, 'application/pdf', sha256, true],
  )
  assert.equal(createHash('sha256').update(antivirus.files[0]!).digest('hex'), sha256)
  assert.deepEqual(await trail(body.id), ['upload.begun', 'upload.checked'])
  const detail = await detailOf(body.id, 'upload.checked')
  assert.deepEqual([detail.sha256, detail.scanned], [sha256, true])
})

test('AGR-13: what is too large or empty is refused before a byte is sent, in words; nothing of it is kept', async () => {
  for (const [size, status, code] of [
    [mostUploaded + 1, 413, 'upload/too-large'],
    [2 ** 39, 413, 'upload/too-large'],
    [0, 422, 'upload/empty'],
  ] as const) {
    const answer = await house.call(gilles, 'POST', '/uploads', { name: 'x.pdf', size }, once())
    assert.deepEqual([answer.status, answer.body.code], [status, code])
    assert.match(answer.body.detail, /20 Mo au plus|ne contient rien/)
  }
  assert.equal(
    (await house.call(gilles, 'POST', '/uploads', { name: 'x.pdf', size: -1 }, once())).body.code,
    'request/malformed',
  )
})

test('AGR-13: a file of another kind is refused whatever its name, said in the trail, and not kept', async () => {
  const answer = await sendFile(house, gilles, Buffer.from('<html><script>alert(1)</script></html>'), 'lettre.pdf')
  assert.deepEqual([answer.status, answer.body.code], [422, 'upload/not-accepted'])
  const id = await lastUpload()
  assert.deepEqual([await trail(id), await kept(id)], [['upload.begun', 'upload.refused'], 0])
  assert.equal((await check(house, gilles, id)).status, 404)
})

test('AGR-13, SEC-1: an infected file is refused and not kept; the trail says what was recognised, and the security officer is written to', async () => {
  mailbox.mails.length = 0
  const before = await outcomes('infected')
  const answer = await sendFile(house, gilles, pdf(eicar), 'lettre.pdf')
  assert.deepEqual([answer.status, answer.body.code], [422, 'upload/infected'])
  const id = await lastUpload()
  assert.deepEqual([await trail(id), await kept(id)], [['upload.begun', 'upload.infected'], 0])
  const detail = await detailOf(id, 'upload.infected')
  assert.deepEqual([detail.infected, detail.told.mails], ['Eicar-Signature', 1])
  const mails = await deliverMails(house, mailbox)
  const told = mails.filter(mail => mail.text.includes('a reconnu « Eicar-Signature »'))
  assert.equal(told.length, 1)
  // It names the structure to warn, and no person.
  assert.ok(told[0]!.text.includes(`par une personne ${ofStructure(structure)}.`), told[0]!.text)
  assert.ok(!told[0]!.text.includes(gilles.name.split(' ').at(-1)!), told[0]!.text)
  assert.equal(await outcomes('infected'), before + 1)
})

for (const manner of ['stays-silent', 'says-nothing', 'hangs-up', 'finds-too-large'] as const)
  test(`AGR-13, REL-4: an antivirus that ${manner}: refused with « réessayez », said in the trail; tried again, the same file passes without being sent again`, async () => {
    antivirus.manner = manner
    const answer = await sendFile(house, gilles, pdf(manner))
    assert.deepEqual(
      [answer.status, answer.body.code, answer.headers['retry-after']],
      [503, 'upload/not-checked', '60'],
    )
    assert.match(answer.body.detail, /réessayez/)
    const id = await lastUpload()
    const { silent } = await detailOf(id, 'upload.not-checked')
    assert.ok(silent !== null && !silent.includes('127.0.0.1'), silent)
    assert.equal((await house.call(gilles, 'GET', `/uploads/${id}`)).body.sha256, null)
    antivirus.manner = 'reads'
    const again = await check(house, gilles, id)
    assert.deepEqual([again.status, again.body.scanned], [200, true])
    assert.deepEqual(await trail(id), ['upload.begun', 'upload.not-checked', 'upload.checked'])
  })

test('AGR-13: without an antivirus a file is accepted, and what says so is kept, in the trail and in the metrics', async () => {
  const who = await aSender(plain, (await plain.organisation()).id)
  const before = await outcomes('unscanned')
  const { status, body } = await sendFile(plain, who, pdf('sans antivirus'))
  assert.deepEqual([status, body.scanned], [200, false])
  assert.equal(await outcomes('unscanned'), before + 1)
})

test('AGR-13, UX-3: what was cut goes on from the piece that lacks; a piece sent twice is one, and cannot be changed', async () => {
  const scan = aScan(3 * pieceBytes + 1000, 7)
  const id = await begin(gilles, scan.length)
  for (const position of [0, 1]) assert.equal((await sendPiece(house, gilles, id, position, scan)).status, 200)
  const cut = await check(house, gilles, id)
  assert.deepEqual([cut.status, cut.body.code], [409, 'upload/incomplete'])
  assert.equal((await house.call(gilles, 'GET', `/uploads/${id}`)).body.received, 2)
  assert.equal((await sendPiece(house, gilles, id, 1, aScan(scan.length, 9))).status, 200)
  for (const position of [2, 3]) assert.equal((await sendPiece(house, gilles, id, position, scan)).status, 200)
  const { status, body } = await check(house, gilles, id)
  assert.deepEqual([status, body.sha256], [200, createHash('sha256').update(scan).digest('hex')])
  // Checked twice, at once too: one entry in the trail; and nothing more is added.
  const twice = await Promise.all([check(house, gilles, id), check(house, gilles, id)])
  assert.ok(twice.some(one => one.status === 200))
  assert.deepEqual(await trail(id), ['upload.begun', 'upload.checked'])
})

test('AGR-13: a piece that dies on the way leaves nothing half written', async () => {
  const scan = aScan(pieceBytes + 5, 3)
  const id = await begin(gilles, scan.length)
  await house.server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = house.server.server.address() as { port: number }
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  socket.write(
    `PUT /api/uploads/${id}/pieces/0 HTTP/1.1\r\nhost: localhost\r\ncookie: ${gilles.cookie}\r\ncontent-type: application/octet-stream\r\ncontent-length: ${pieceBytes}\r\n\r\n`,
  )
  socket.write(scan.subarray(0, 100_000))
  const connections = () =>
    new Promise<number>(said => house.server.server.getConnections((_error, count) => said(count)))
  await until('the piece begins', async () => (await connections()) === 1)
  socket.destroy()
  await until('the piece is cut', async () => (await connections()) === 0)
  assert.deepEqual([await kept(id), (await check(house, gilles, id)).body.code], [0, 'upload/incomplete'])
  // What it held is given back: two pieces at once, and more than that in a row, still pass.
  for (let round = 0; round < 3; round++)
    for (const { status } of await Promise.all([0, 1].map(position => sendPiece(house, gilles, id, position, scan))))
      assert.equal(status, 200)
})

test('AGR-13: a piece of another length, place or kind is refused', async () => {
  const scan = aScan(pieceBytes + 5, 3)
  const id = await begin(gilles, scan.length)
  const put = (position: string, payload: Buffer | string, type = 'application/octet-stream') =>
    house.server.inject({
      method: 'PUT',
      url: `/api/uploads/${id}/pieces/${position}`,
      headers: { cookie: gilles.cookie, 'content-type': type },
      payload,
    })
  for (const [position, payload, type, code] of [
    ['0', scan.subarray(0, 10), undefined, 'request/malformed'],
    ['1', scan.subarray(0, 6), undefined, 'request/malformed'],
    ['2', scan.subarray(0, 5), undefined, 'request/malformed'],
    ['-1', scan.subarray(0, 5), undefined, 'request/malformed'],
    ['1e1', scan.subarray(0, 5), undefined, 'request/malformed'],
    ['0', scan.subarray(0, pieceBytes + 1), undefined, 'request/too-large'],
    ['1', '"texte"', 'application/json', 'request/malformed'],
    ['1', 'texte', 'text/plain', 'request/not-json'],
    ['1', 'a=b', 'application/x-www-form-urlencoded', 'request/not-json'],
  ] as const)
    assert.equal((await put(position, payload, type)).json().code, code, `${position} ${type}`)
  assert.equal(await kept(id), 0)
})

test('AGR-13, SEC-6: nobody is read before one knows who asks; who acts for no party sends nothing, and another’s file is not there', async () => {
  const scan = pdf('à soi')
  const id = await begin(gilles, scan.length)
  const stranger = { ...gilles, cookie: 'session=inconnue' }
  assert.deepEqual(
    [(await sendPiece(house, stranger, id, 0, scan)).status, (await check(house, stranger, id)).status],
    [401, 401],
  )
  const refused = await house.call(agent, 'POST', '/uploads', { name: 'x.pdf', size: 5 }, once())
  assert.deepEqual([refused.status, refused.body.code], [403, 'upload/for-parties-only'])
  for (const [who, status] of [
    [other, 404],
    [agent, 403],
  ] as const)
    assert.deepEqual(
      [(await sendPiece(house, who, id, 0, scan)).status, (await check(house, who, id)).status],
      [status, status],
    )
  for (const method of ['GET', 'DELETE'] as const)
    assert.equal((await house.call(other, method, `/uploads/${id}`, undefined, once())).status, 404)
  assert.equal((await sendPiece(house, gilles, 'x', 0, scan)).body.code, 'request/malformed')
  assert.equal(await kept(id), 0)
})

test('AGR-13, REL-4: beyond what goes on at once, a caller is told when to come back; what was held is given back', async () => {
  antivirus.manner = 'stays-silent'
  const ids = await Promise.all([1, 2, 3].map(n => begin(gilles, pdf(`${n}`).length)))
  for (const [n, id] of ids.entries())
    assert.equal((await sendPiece(house, gilles, id, 0, pdf(`${n + 1}`))).status, 200)
  // One file of a person is checked at a time: the others are told to come back.
  const answers = await Promise.all(ids.map(id => check(house, gilles, id)))
  assert.deepEqual(answers.map(a => a.body.code).toSorted(), [
    'service/overloaded',
    'service/overloaded',
    'upload/not-checked',
  ])
  const away = answers.find(a => a.body.code === 'service/overloaded')!
  assert.deepEqual([away.status, away.headers['retry-after']], [503, '2'])
  antivirus.manner = 'reads'
  for (const id of ids) assert.equal((await check(house, gilles, id)).status, 200)
})

test('AGR-13: one renounces a file; five wait at most, and what no act kept goes after a day', async () => {
  const dropped = await begin(gilles, 10)
  assert.deepEqual((await house.call(gilles, 'DELETE', `/uploads/${dropped}`, undefined, once())).body, {
    dropped: true,
  })
  assert.deepEqual(await trail(dropped), ['upload.begun', 'upload.dropped'])
  const waiting = async () =>
    (await house.owner.query('select id from uploads where by_id = $1 order by begun_at, id', [gilles.id])).rows.map(
      r => r.id,
    )
  const ids: string[] = []
  for (let n = 0; n < 7; n++) {
    now = new Date(now.getTime() + 1000)
    ids.push(await begin(gilles, 10))
  }
  assert.deepEqual(await waiting(), ids.slice(2))
  await house.owner.query(`update uploads set begun_at = now() - interval '25 hours' where id = $1`, [ids[3]])
  await house.owner.query(`update uploads set begun_at = now() - interval '23 hours' where id = any ($1)`, [
    [ids[2], ...ids.slice(4)],
  ])
  await house.owner.query('select ctx.purge_uploads()')
  assert.deepEqual((await waiting()).toSorted(), [ids[2]!, ...ids.slice(4)].toSorted())
})
