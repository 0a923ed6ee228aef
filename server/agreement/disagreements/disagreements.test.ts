import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deliverMails } from '../../notifications/testing-smtp.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Person } from '../../testing/house.ts'
import { aPdf, withRoles } from '../conventions/testing.ts'
import { type Life, openLife } from '../conventions/testing-life.ts'
import { courtOf, type StepKind, stateOf, stepsLeft } from './disagreement-lifecycle.ts'
import { disagreements } from './index.ts'

let life: Life
before(async () => {
  life = await openLife(disagreements)
})
after(() => life.close())

const about = (over: object = {}) => ({
  subject: 'Délai de suppression des accès',
  statement: 'Trois comptes d’agents partis sont restés ouverts ; la structure dit l’avoir signalé à temps.',
  clauses: ['smallest-rights'],
  aroseOn: '2026-02-20',
  ...over,
})
const attempt = (over: object = {}) => ({
  kind: 'attempt',
  manner: 'meeting',
  happenedOn: '2026-02-26',
  summary: 'Réunion à la direction régionale : chacun relit ses échanges.',
  ...over,
})
const fail = (over: object = {}) => ({
  kind: 'fail',
  happenedOn: '2026-03-01',
  summary: 'Aucun accord à l’issue de deux réunions.',
  court: 'Tribunal administratif de Bordeaux',
  ...over,
})
/** A convention in force since 2 February, on 2 March, with the path of its disagreements. */
const inForce = async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  life.at('2026-03-02T09:00:00Z')
  return { partner, one, path: `/conventions/${one.id}/disagreements` }
}
const opened = async (who?: Person) => {
  const all = await inForce()
  const reply = await life.ok(who ?? all.partner.gilles, 'POST', all.path, about())
  return { ...all, steps: `${all.path}/${reply.items[0].id}/steps` }
}

test('AGR-14: a disagreement is kept with its convention: what it is about, the attempts, the court that is competent, the decision; each told to the other party, nothing rewritten', async () => {
  const { partner, one, path } = await inForce()
  await deliverMails(life.house, life.mailbox)
  life.mailbox.mails.length = 0
  const first = await life.ok(partner.gilles, 'POST', path, about())
  const { id, openedAt: _at, ...item } = first.items[0]
  assert.deepEqual(item, {
    ...about(),
    number: 1,
    party: 'partenaire',
    state: 'open',
    court: null,
    steps: [],
    allowed: ['attempt', 'settle', 'withdraw'],
  })
  assert.ok(first.told.mails > 0)
  const mails = await deliverMails(life.house, life.mailbox)
  assert.ok(
    mails.every(m => m.text.includes('différend n° 1') && m.text.includes(`/conventions/${one.id}/differends`)),
    mails[0]?.text,
  )
  const steps = `${path}/${id}/steps`
  const after = async (who: Person, step: object) => (await life.ok(who, 'POST', steps, step)).items[0]
  const met = await after(life.sylvie, attempt({ document: aPdf('compte rendu') }))
  assert.deepEqual(
    [met.state, met.steps[0].party, met.steps[0].manner, met.allowed],
    ['open', 'operateur', 'meeting', ['attempt', 'settle', 'fail']],
  )
  const kept = await life.house.server.inject({
    url: `/api/conventions/${one.id}`,
    headers: { cookie: partner.gilles.cookie },
  })
  assert.equal(kept.json().documents.find((d: any) => d.id === met.steps[0].documentId).kind, 'differend')
  const failed = await after(partner.gilles, fail())
  assert.deepEqual([failed.state, failed.court], ['failed', 'Tribunal administratif de Bordeaux'])
  const decided = await after(life.signer, {
    kind: 'decide',
    happenedOn: '2026-03-02',
    summary: 'Jugement n° 2601234 : demande rejetée.',
  })
  assert.deepEqual(
    [decided.state, decided.court, decided.steps.map((s: any) => s.kind), decided.allowed],
    ['decided', 'Tribunal administratif de Bordeaux', ['attempt', 'fail', 'decide'], ['reopen']],
  )
  const said = (await deliverMails(life.house, life.mailbox)).find(m => m.text.includes('la décision du tribunal'))
  const name = 'Le différend n° 1 sur la convention n°'
  assert.match(
    said!.text.replaceAll('\u00A0', ' '),
    new RegExp(`^${name}.* : l’autre partie a noté la décision du tribunal, du 2 mars`, 'm'),
  )
  assert.deepEqual(
    (await life.trail(one.id)).filter(act => act.startsWith('disagreement.')),
    ['opened', 'attempt', 'fail', 'decide'].map(act => `disagreement.${act}`),
  )
  const second = await life.ok(life.sylvie, 'POST', path, about({ subject: 'Autre objet', clauses: [] }))
  assert.deepEqual(
    second.items.map((i: any) => [i.number, i.party]),
    [
      [2, 'operateur'],
      [1, 'partenaire'],
    ],
  )
})

test('AGR-14: an agreement found by one party is told to the other, which may open the disagreement again with its reason', async () => {
  const { partner, steps } = await opened()
  await life.ok(life.sylvie, 'POST', steps, attempt({ manner: 'letters' }))
  const settled = {
    kind: 'settle',
    happenedOn: '2026-03-02',
    summary: 'Les comptes sont fermés ; chacun garde ses frais.',
  }
  assert.equal((await life.ok(life.sylvie, 'POST', steps, settled)).items[0].state, 'settled')
  assert.deepEqual(await life.refused(partner.gilles, 'POST', steps, attempt()), [409, 'disagreement/wrong-state'])
  const again = await life.ok(partner.gilles, 'POST', steps, { ...settled, kind: 'reopen', summary: 'Aucun accord.' })
  assert.deepEqual(
    [again.items[0].state, again.items[0].steps.map((s: any) => [s.kind, s.summary])],
    [
      'open',
      [
        ['attempt', attempt().summary],
        ['settle', settled.summary],
        ['reopen', 'Aucun accord.'],
      ],
    ],
  )
})

test('AGR-14: of two steps at once, the state follows the one that was noted last, whenever it was asked', async () => {
  const { partner, steps } = await opened()
  await life.ok(life.sylvie, 'POST', steps, attempt())
  await life.ok(life.sylvie, 'POST', steps, { kind: 'settle', happenedOn: '2026-03-02', summary: 'Accord.' })
  // Asked before the agreement, it waited for the lock of the convention.
  life.at('2026-03-02T08:59:59Z')
  const reopened = { kind: 'reopen', happenedOn: '2026-03-02', summary: 'Aucun accord.' }
  const { items } = await life.ok(partner.gilles, 'POST', steps, reopened)
  assert.deepEqual([items[0].state, items[0].steps.at(-1).kind], ['open', 'reopen'])
})

test('AGR-14: who may not read, open, note; a stranger finds nothing; before the convention takes effect none is opened, after its end they go on', async () => {
  const { partner, path, steps, one } = await opened()
  const rgc = await withRoles(life.house, partner.id, 'rgc')
  const other = await life.aPartner()
  assert.deepEqual(await life.refused(other.gilles, 'GET', path), [404, 'not-found'])
  assert.deepEqual(await life.refused(life.elsewhere, 'POST', path, about()), [404, 'not-found'])
  assert.deepEqual(await life.refused(other.gilles, 'POST', steps, attempt()), [404, 'not-found'])
  assert.deepEqual(await life.refused(partner.agent, 'GET', path), [403, 'disagreement/file-only'])
  for (const reader of [rgc, life.odile]) {
    const seen = await life.ok(reader, 'GET', path)
    assert.deepEqual([seen.items.length, seen.allowed, seen.items[0].allowed, seen.actsFor], [1, [], [], null])
    assert.deepEqual(await life.refused(reader, 'POST', path, about()), [403, 'convention/not-a-party'])
    assert.deepEqual(await life.refused(reader, 'POST', steps, attempt()), [403, 'convention/not-a-party'])
  }
  const renounce = { kind: 'withdraw', happenedOn: '2026-03-02', summary: 'Plus d’objet.' }
  assert.deepEqual(await life.refused(life.sylvie, 'POST', steps, renounce), [403, 'disagreement/opener-only'])

  const waiting = await life.sent(await life.aPartner())
  assert.deepEqual(await life.refused(life.sylvie, 'POST', `/conventions/${waiting.id}/disagreements`, about()), [
    409,
    'convention/wrong-state',
  ])
  await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/notices`, {
    channel: 'courriel',
    sentOn: '2026-03-02',
    receivedOn: '2026-03-02',
    document: aPdf(),
  })
  life.at('2026-05-02T09:00:00Z')
  assert.equal((await life.ok(partner.gilles, 'GET', `/conventions/${one.id}`)).state, 'ended')
  await life.ok(life.sylvie, 'POST', steps, attempt({ happenedOn: '2026-05-01' }))
  assert.equal((await life.ok(partner.gilles, 'POST', steps, renounce)).items[0].state, 'withdrawn')
})

test('AGR-14: malformed, to come, before it arose, without attempt, manner or court, of another convention, twice and at once: refused, and nothing is kept', async () => {
  const { partner, path, steps } = await opened()
  const elsewhere = await opened()
  const { gilles } = partner
  for (const body of [about({ subject: ' ' }), about({ clauses: ['any'] }), about({ aroseOn: '2026-02-30' })])
    assert.deepEqual(await life.refused(gilles, 'POST', path, body), [400, 'request/malformed'])
  assert.deepEqual(await life.refused(gilles, 'POST', path, about({ aroseOn: '2026-03-03' })), [
    422,
    'convention/day-in-future',
  ])
  for (const [body, refusal] of [
    [attempt({ kind: 'any' }), [400, 'request/malformed']],
    [attempt({ manner: null }), [422, 'disagreement/manner-required']],
    [attempt({ kind: 'settle' }), [422, 'disagreement/manner-required']],
    [attempt({ court: 'Tribunal' }), [422, 'disagreement/court-required']],
    [attempt({ happenedOn: '2026-03-03' }), [422, 'convention/day-in-future']],
    [attempt({ happenedOn: '2026-02-19' }), [422, 'disagreement/before-it-arose']],
    [attempt({ document: uuidv7() }), [409, 'upload/unknown']],
    [fail(), [409, 'disagreement/no-attempt']],
    [{ ...fail({ kind: 'decide' }), court: null }, [409, 'disagreement/wrong-state']],
  ] as const)
    assert.deepEqual(await life.refused(gilles, 'POST', steps, body), refusal, JSON.stringify(body))
  const [, otherId] = /disagreements\/([^/]+)/.exec(elsewhere.steps)!
  assert.deepEqual(await life.refused(gilles, 'POST', `${path}/${otherId}/steps`, attempt()), [404, 'not-found'])
  assert.deepEqual((await life.ok(gilles, 'GET', path)).items[0].steps, [])

  await life.ok(gilles, 'POST', steps, attempt())
  assert.deepEqual(await life.refused(gilles, 'POST', steps, fail({ court: null })), [
    422,
    'disagreement/court-required',
  ])
  // Both parties say at once that it failed: one court is kept.
  const answers = await Promise.all([
    life.refused(gilles, 'POST', steps, fail()),
    life.refused(life.sylvie, 'POST', steps, fail({ court: 'Tribunal administratif de Pau' })),
  ])
  assert.deepEqual(answers.map(([status]) => status).sort(), [200, 409])
  assert.deepEqual(
    (await life.ok(gilles, 'GET', path)).items[0].steps.map((s: any) => s.kind),
    ['attempt', 'fail'],
  )
  // Two are opened at once: each has its number.
  const two = await Promise.all([
    life.ok(gilles, 'POST', path, about({ subject: 'Premier' })),
    life.ok(life.sylvie, 'POST', path, about({ subject: 'Second' })),
  ])
  assert.equal(two.length, 2)
  assert.deepEqual(
    (await life.ok(gilles, 'GET', path)).items.map((i: any) => i.number),
    [3, 2, 1],
  )
})

test('AGR-14: the database rewrites and removes none of it', async () => {
  const { steps, partner } = await opened()
  await life.ok(partner.gilles, 'POST', steps, attempt())
  const { rows } = await life.house.owner.query(
    `select t.name, p.privilege from unnest(array['disagreements', 'disagreement_steps']) t (name),
      unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) p (privilege), unnest(array['cc_web', 'cc_worker', 'cc_definer']) r (role)
      where has_table_privilege(r.role, 'public.' || t.name, p.privilege)`,
  )
  assert.deepEqual(rows, [])
})

const of = (...kinds: StepKind[]) => kinds.map(kind => ({ kind, court: kind === 'fail' ? 'Tribunal' : null }))
test('AGR-14, art. 11: the state that its steps lead to, the court, and what each party may note next', () => {
  for (const [what, steps, state, court, opener, other] of [
    ['opened', of(), 'open', null, ['attempt', 'settle', 'withdraw'], ['attempt', 'settle']],
    [
      'attempted',
      of('attempt'),
      'open',
      null,
      ['attempt', 'settle', 'fail', 'withdraw'],
      ['attempt', 'settle', 'fail'],
    ],
    [
      'failed',
      of('attempt', 'fail'),
      'failed',
      'Tribunal',
      ['attempt', 'settle', 'decide', 'withdraw'],
      ['attempt', 'settle', 'decide'],
    ],
    ['settled after the court was named', of('attempt', 'fail', 'settle'), 'settled', null, ['reopen'], ['reopen']],
    ['decided', of('attempt', 'fail', 'decide'), 'decided', 'Tribunal', ['reopen'], ['reopen']],
    [
      'decided, and open again',
      of('attempt', 'fail', 'decide', 'reopen'),
      'failed',
      'Tribunal',
      ['attempt', 'settle', 'decide', 'withdraw'],
      ['attempt', 'settle', 'decide'],
    ],
    ['renounced', of('withdraw'), 'withdrawn', null, [], []],
    [
      'a step out of turn counts for nothing',
      of('decide', 'reopen'),
      'open',
      null,
      ['attempt', 'settle', 'withdraw'],
      ['attempt', 'settle'],
    ],
  ] as const) {
    const one = { party: 'partenaire', steps }
    assert.deepEqual(
      [stateOf(steps), courtOf(steps), stepsLeft('partenaire', one), stepsLeft('operateur', one), stepsLeft(null, one)],
      [state, court, opener, other, []],
      what,
    )
  }
})

test('AGR-14, AGR-9: long after the convention ended, its contacts are told of each step of a disagreement, the one that closes it included, and of nothing then', async () => {
  for (const closing of ['settle', 'decide', 'withdraw'] as const) {
    const { partner, one, steps } = await opened(closing === 'withdraw' ? life.sylvie : undefined)
    const address = `${closing}.${uuidv7()}@partie.example`
    await life.house.owner.query(
      `insert into convention_contacts (id, organisation_id, party, role, name, email, starts_at)
        values ($1, $2, 'partenaire', 'gouvernance', 'Camille Essai', $3, '2026-02-01')`,
      [uuidv7(), partner.id, address],
    )
    // Ended on 15 March, more than ninety days ago by either clock.
    await life.house.owner.query(`update conventions set ends_at = '2026-03-15' where id = $1`, [one.id])
    life.at('2026-08-03T09:00:00Z')
    const told = async () =>
      (
        await life.house.owner.query('select from mails where kind = $1 and to_address = $2', [
          'disagreement-step',
          address,
        ])
      ).rowCount
    const notes = (step: object) => life.ok(life.sylvie, 'POST', steps, { happenedOn: '2026-08-02', ...step })
    await notes(attempt({ happenedOn: '2026-08-02' }))
    assert.equal(await told(), 1)
    if (closing === 'decide') await notes(fail({ happenedOn: '2026-08-02' }))
    await notes({ kind: closing, summary: 'Chacun garde ses frais.' })
    assert.equal(await told(), closing === 'decide' ? 3 : 2, closing)
    const stand = async () =>
      (await life.house.owner.query('select ctx.contacts_stand($1, now()) as yes', [partner.id])).rows[0].yes
    assert.equal(await stand(), false, 'closed, nothing more is told')
    if (closing === 'withdraw') continue
    await notes({ kind: 'reopen', summary: 'Aucun accord.' })
    assert.deepEqual([await stand(), await told()], [true, closing === 'decide' ? 4 : 3])
  }
})
