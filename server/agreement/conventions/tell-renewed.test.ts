import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { moveClockTo, putClockBack } from '../../testing/clock.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { lastRenewal } from './renewal-rules.ts'
import { tellRenewed } from './tell-renewed.job.ts'
import { withRoles } from './testing.ts'

const region = 1075
let house: House
let workers: [pg.Client, pg.Client]
let regional: string
before(async () => {
  house = await openHouse([])
  workers = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all(workers.map(worker => worker.connect()))
  await rows(
    `insert into territories (id, kind, code, name) values ($1, 'region', '75', 'Nouvelle-Aquitaine')
      on conflict do nothing`,
    [region],
  )
  const operator = (await house.organisation({ kind: 'operateur' })).id
  regional = (await withRoles(house, operator, { region })).id
})
after(async () => {
  await putClockBack(house.owner)
  await Promise.all(workers.map(worker => worker.end()))
  await house.close()
})
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const tell = (worker = workers[0]) => within(worker)(tellRenewed)
const told = (conventionId: string) =>
  rows(
    `select m.to_account_id as who, m.body, (select count(*)::int from notifications n where n.id = m.id) as notices
      from mails m where m.kind = 'convention-renewed' and m.about_id = $1 order by m.created_at, m.id`,
    [conventionId],
  )
/** A partner with a signatory, under a convention of the region in force since then, of that first term. */
const inForce = async (name: string, firstTermOn = '2026-12-31', since = '2026-01-20T15:30:00Z') => {
  const { id } = await house.organisation({ name, kind: 'epci' })
  const signatory = await house.person(id)
  await giveRole(house.owner, signatory, 'signataire')
  const [{ id: convention }] = await rows(
    `update conventions set region_id = $2, first_term_on = $3, effective_from = $4, ends_at = null
      where organisation_id = $1 returning id`,
    [id, region, firstTermOn, since],
  )
  return { id, signatory, convention: convention as string }
}
const over = (convention: string) => rows('update conventions set ends_at = effective_from where id = $1', [convention])
const noticeOf = async (conventionId: string, receivedOn: string | null, enteredByOther = false) => {
  const [notice, document] = [uuidv7(), uuidv7()]
  await rows(
    `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at)
      values ($1, $2, 'resiliation', 'Lettre', 'application/pdf', 'x', sha256('x'), now())`,
    [document, conventionId],
  )
  await rows(
    `insert into convention_notices (id, convention_id, party, channel, sent_on, received_on, recorded_at, document_id,
      entered_by_other) values ($1, $2, 'partenaire', 'courrier', '2026-12-20', $3, now(), $4, $5)`,
    [notice, conventionId, receivedOn, document, enteredByOther],
  )
  return notice
}

test('AGR-3, AGR-4: the last renewal is that of the period one is in, and none before what sets its term took effect', () => {
  const since = new Date('2026-01-20T15:30:00Z')
  for (const [now, renewal] of [
    ['2026-12-31T22:59:00Z', null],
    ['2026-12-31T23:00:00Z', ['2026-12-31T23:00:00.000Z', '2027-03-31']],
    ['2027-03-31T21:59:00Z', ['2026-12-31T23:00:00.000Z', '2027-03-31']],
    ['2027-03-31T22:00:00Z', ['2027-03-31T22:00:00.000Z', '2027-06-30']],
  ] as const) {
    const found = lastRenewal({ termOn: '2026-12-31', since }, new Date(now))
    assert.deepEqual(found && [found.at.toISOString(), found.endsOn], renewal, now)
  }
  const signedLate = { termOn: '2026-12-31', since: new Date('2027-01-15T09:00:00Z') }
  assert.equal(lastRenewal(signedLate, new Date('2027-02-01T09:00:00Z')), null)
  assert.equal(lastRenewal(signedLate, new Date('2027-04-02T09:00:00Z'))?.endsOn, '2027-06-30')
})

test('AGR-4: renewed by three months, a convention is told to both parties, by mail and on their page, once each time, two workers at once included', async () => {
  const { convention, signatory } = await inForce('CC des Essais')
  await moveClockTo(house.owner, '2026-12-31T22:50:00Z')
  assert.equal(await tell(), 0, 'its term is not over')
  await moveClockTo(house.owner, '2026-12-31T23:08:00Z')
  assert.deepEqual((await Promise.all([tell(), tell(workers[1])])).sort(), [0, 1])
  assert.equal(await tell(), 0)
  const mails = await told(convention)
  assert.deepEqual(
    mails.map(mail => [mail.who, mail.notices]).sort(),
    [
      [regional, 1],
      [signatory.id, 1],
    ].sort(),
  )
  assert.match(
    mails[0]!.body,
    /^La convention n° .* de la structure « CC des Essais » est reconduite pour trois mois depuis le 1er janvier 2027 : la période en cours va jusqu’au 31 mars 2027 à 24 heures\./,
  )
  assert.match(mails[0]!.body, /Aucune des parties n’a donné congé\. Chacune peut le faire à tout moment/)
  await moveClockTo(house.owner, '2027-04-01T00:08:00Z')
  assert.deepEqual([await tell(), await tell()], [1, 0], 'the next renewal is told too')
  assert.match((await told(convention))[2]!.body, /depuis le 1er avril 2027 : .* jusqu’au 30 juin 2027/)
  await moveClockTo(house.owner, '2027-09-15T08:00:00Z')
  assert.equal(await tell(), 0, 'one of two months ago is no news')
  await over(convention)
})

test('AGR-4: nothing is told of a convention of which notice was given, received or on its way, nor of one that ends or never began; told once the notice is taken back or contested', async () => {
  await moveClockTo(house.owner, '2027-01-02T08:00:00Z')
  const noticed = await inForce('CC qui part')
  await noticeOf(noticed.convention, '2026-12-20')
  await rows(`update conventions set ends_at = '2027-01-20T23:00:00Z' where id = $1`, [noticed.convention])
  const drafted = await inForce('CC en projet')
  await rows('update conventions set effective_from = null where id = $1', [drafted.convention])
  const posted = await inForce('CC qui écrit')
  const letter = await noticeOf(posted.convention, null)
  const contested = await inForce('CC qui conteste')
  const entered = await noticeOf(contested.convention, null, true)
  assert.equal(await tell(), 0)
  await rows(`update convention_notices set withdrawn_at = now(), withdrawal_reason = 'Erreur' where id = $1`, [letter])
  assert.equal(await tell(), 1)
  assert.equal((await told(posted.convention)).length, 2)
  await rows(
    `insert into convention_answers (id, convention_id, kind, subject_id, answer, reason, party, answered_at, answered_by)
      values ($1, $2, 'notice', $3, 'contest', 'Jamais écrite', 'partenaire', now(), $4)`,
    [uuidv7(), contested.convention, entered, contested.signatory.id],
  )
  assert.equal(await tell(), 1)
  assert.equal((await told(contested.convention)).length, 2)
  for (const one of [noticed, posted, contested]) await over(one.convention)
})

test('AGR-4: an amendment that moves the term moves the renewal; one signed within a later period renews nothing', async () => {
  await moveClockTo(house.owner, '2027-01-02T08:00:00Z')
  const [moved, late] = [await inForce('CC qui dure'), await inForce('CC avenantée')]
  const amends = async (conventionId: string, termOn: string, effectiveAt: string) => {
    const document = uuidv7()
    await rows(
      `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at)
        values ($1, $2, 'avenant', 'Avenant', 'application/pdf', 'x', sha256('x'), now())`,
      [document, conventionId],
    )
    await rows(
      `insert into convention_amendments (id, convention_id, number, title, body, term_on, renews, document_id,
        proposed_at, effective_at) values ($1, $2, 1, 'x', 'x', $3, true, $4, now(), $5)`,
      [uuidv7(), conventionId, termOn, document, effectiveAt],
    )
  }
  await amends(moved.convention, '2027-06-30', '2026-10-01T08:00:00Z')
  await amends(late.convention, '2026-11-30', '2027-01-02T07:00:00Z')
  assert.equal(await tell(), 0)
  await over(late.convention)
  await moveClockTo(house.owner, '2027-06-30T22:08:00Z')
  assert.equal(await tell(), 1)
  assert.match((await told(moved.convention))[0]!.body, /jusqu’au 30 septembre 2027/)
  await over(moved.convention)
})

test('AGR-4, REL-6: a worker that dies before its COMMIT tells nobody; the next tells both parties once', async () => {
  const { convention } = await inForce('CC coupée')
  await moveClockTo(house.owner, '2027-01-01T08:00:00Z')
  const dying = new pg.Client(house.urls.workerUrl)
  dying.on('error', () => {})
  await dying.connect()
  const { pid } = (await dying.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!
  let wrote = 0
  await assert.rejects(
    within(dying)(async work => {
      wrote = await tellRenewed(work)
      await house.owner.query('select pg_terminate_backend($1)', [pid])
    }),
  )
  assert.deepEqual([wrote, await told(convention)], [1, []])
  assert.deepEqual([await tell(), await tell()], [1, 0])
  assert.equal((await told(convention)).length, 2)
  await over(convention)
})
