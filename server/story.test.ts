/**
 * The life of a partner under its convention, from the draft to the end, through the API and with every mail read from
 * a mail server: the clock is moved by the test, in the database and in the service alike, and people sign in anew at
 * each move.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { annexRoles } from '../contract/notices.ts'
import { actions } from './actions.ts'
import { noticeEnd } from './agreement/conventions/deadlines.ts'
import { conventionDocuments } from './agreement/conventions/document-routes.ts'
import { aPdf, aSignatory, withFiles } from './agreement/conventions/testing.ts'
import { deliverMails, type Mailbox, openMailbox } from './notifications/testing-smtp.ts'
import { giveRole } from './people-and-rights/accounts/testing.ts'
import { anOrganisation, insertOrganisation } from './people-and-rights/organisations/testing.ts'
import { insertSent } from './people-and-rights/uploads/testing.ts'
import { uuidv7 } from './platform/ids.ts'
import { pdfMaker } from './platform/pdf.ts'
import { buildServer } from './platform/server.ts'
import { addDays, addMonths, parisDay } from './platform/time.ts'
import { insertSession } from './signing-in/identity/testing.ts'
import { moveClock } from './testing/clock.ts'
import { type House, once, openHouse, type Person } from './testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from './work-with-employers/campaigns/testing-world.ts'

let house: House
let documents: FastifyInstance
let mailbox: Mailbox
let ahead = 0
const clock = () => new Date(Date.now() + ahead)
/** The 2nd of February to come: a first term that ends with its year. */
const year = new Date().getUTCFullYear() + 1
const start = `${year}-02-02`

let partner: string
let sylvie: Person // regional direction, signs for the operator
let odile: Person // security officer
let samir: Person // administrator
let gilles: Person // signs for the partner
let maite: Person // to be account manager
let paul: Person // her successor
let lucas: Person // advisor
let convention: { id: string }
let campaign: { id: string }

const everyone = () => [sylvie, odile, samir, gilles, maite, paul, lucas].filter(Boolean)
/** Goes to an instant; who was signed in signs in anew there. */
const go = async (instant: string) => {
  ahead = Date.parse(instant) - Date.now()
  await moveClock(house.owner, `${ahead} milliseconds`)
  await house.owner.query(
    'update sessions set created_at = $1, last_seen_at = $1, proven_at = $1 where ended_at is null',
    [clock()],
  )
}
const call = async (who: Person, method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
  house.call(who, method, path, await withFiles(house, who, body), method === 'GET' ? {} : once())
const ok = async (who: Person, method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => {
  const answer = await call(who, method, path, body)
  assert.equal(answer.status, 200, `${method} ${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
const refused = async (who: Person, method: 'GET' | 'POST', path: string, body?: unknown) =>
  (await call(who, method, path, body)).body.code
/** Subjects of the mails that left since the last reading, with who received each. */
const mails = async () => {
  const names = new Map(
    (await house.owner.query('select c.email, c.account_id from account_contacts c')).rows.map(r => [
      r.email,
      everyone().find(p => p.id === r.account_id),
    ]),
  )
  const word = (person: Person | undefined) =>
    Object.entries({ sylvie, odile, samir, gilles, maite, paul, lucas }).find(([, p]) => p?.id === person?.id)?.[0] ??
    'someone'
  return (await deliverMails(house, mailbox)).map(m => `${word(names.get(m.to[0]!))}: ${m.subject}`)
}
const received = (all: readonly string[], who: string) => all.filter(m => m.startsWith(`${who}: `)).length
const emailOf = async (who: Person) =>
  (await house.owner.query('select email from account_contacts where account_id = $1', [who.id])).rows[0]
    .email as string

before(async () => {
  house = await openHouse(actions, { clock })
  mailbox = await openMailbox()
  documents = await buildServer({
    database: house.database,
    actions: [],
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1e6,
    shedLoad: false,
    settings: { clock },
    exceptions: [
      conventionDocuments({
        database: house.database,
        makePdf: pdfMaker(),
        originKey: Buffer.alloc(32),
        publicUrl: 'http://localhost',
        clock,
        newId: uuidv7,
      }),
    ],
  })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    [1, 2, 3].map(n => ({ siret: siretOf(n), commune: '33001' })),
  )
  const operator = (await house.organisation({ kind: 'operateur', name: 'Opérateur' })).id
  partner = (
    await insertOrganisation(house.owner, anOrganisation({ kind: 'epci', name: 'Communauté de communes des Graves' }), {
      convention: false,
    })
  ).id
  sylvie = await house.person(operator)
  await giveRole(house.owner, sylvie, 'direction-regionale', { regionId: places.aquitaine })
  await giveRole(house.owner, sylvie, 'signataire')
  odile = await house.person(operator)
  await giveRole(house.owner, odile, 'cssi')
  samir = await house.person(operator)
  await giveRole(house.owner, samir, 'administrateur')
  gilles = await house.person(partner)
  await giveRole(house.owner, gilles, 'signataire')
  maite = await house.person(partner)
  paul = await house.person(partner)
  await go(`${start}T09:00:00Z`)
})
after(async () => {
  await documents.close()
  await mailbox.close()
  await house.close()
})

const deed =
  (...people: Person[]) =>
  async () => {
    const members = await Promise.all(
      people.map(async (p, n) => ({
        position: n === 0 ? 'titulaire' : 'suppleant',
        givenName: 'Camille',
        familyName: 'Essai',
        bornOn: '1980-02-29',
        telephone: '05 00 00 00 00',
        email: await emailOf(p),
        staff: 'permanent',
      })),
    )
    const proposed = await ok(gilles, 'POST', '/rgc/deeds', {
      address: '1 place de l’Essai, 33000 Essai',
      signatoryId: gilles.id,
      signatoryTitle: 'Vice-président',
      conditionsGiven: true,
      members,
    })
    for (const p of people) await ok(p, 'POST', `/rgc/deeds/${proposed.id}/sign`, { digest: proposed.digest })
    return ok(gilles, 'POST', `/rgc/deeds/${proposed.id}/sign`, { digest: proposed.digest })
  }
const certificate = async (who: Person) =>
  ok(odile, 'POST', '/rgc/certificates', {
    accountId: who.id,
    issuedOn: parisDay(clock()),
    file: await insertSent(house.owner, odile.id, Buffer.from('%PDF-1.7 essai %%EOF')),
  })
const acceptAll = async (who: Person) => {
  const { items } = await ok(who, 'GET', '/conditions')
  const waiting = items.filter((d: { acceptedAt: string | null }) => d.acceptedAt === null)
  if (waiting.length > 0)
    await ok(who, 'POST', '/acceptances', {
      documents: waiting.map((d: { id: string; hash: string }) => ({ documentId: d.id, hash: d.hash })),
    })
}
const lacks = async (who: Person): Promise<string[]> =>
  (await ok(who, 'GET', '/rgc')).gate.filter((s: { done: boolean }) => !s.done).map((s: { term: string }) => s.term)

test('AGR-1, AGR-2: a convention is drafted, composed, sent, signed by both: in force at the later signature', async () => {
  const signatories = {
    partenaire: aSignatory({
      name: gilles.name,
      actOn: `${year}-01-10`,
      prefectureOn: `${year}-01-12`,
      publishedOn: `${year}-01-13`,
    }),
    operateur: aSignatory({
      name: sylvie.name,
      capacity: 'Directeur régional',
      actOn: `${year}-01-10`,
      localAuthority: false,
      prefectureOn: null,
      publishedOn: null,
    }),
  }
  convention = await ok(sylvie, 'POST', '/conventions', {
    organisationId: partner,
    regionId: places.aquitaine,
    number: `75-${year}-1`,
    firstTermOn: `${year}-12-31`,
    signatories,
  })
  const dpd = { name: 'Protection des données', email: 'dpd@partenaire.example', telephone: null }
  for (const role of annexRoles.operateur)
    await ok(sylvie, 'PUT', `/contacts/${role}`, { ...dpd, regionId: places.aquitaine })
  for (const role of annexRoles.partenaire) await ok(gilles, 'PUT', `/contacts/${role}`, dpd)
  const composed = await documents.inject({
    method: 'POST',
    url: `/api/conventions/${convention.id}/document`,
    headers: { cookie: sylvie.cookie },
  })
  assert.equal(composed.statusCode, 200, composed.body)
  const { id: documentId, sha256 } = composed.json()
  const pdf = await documents.inject({
    method: 'GET',
    url: `/api/conventions/${convention.id}/documents/${documentId}`,
    headers: { cookie: sylvie.cookie },
  })
  assert.equal(createHash('sha256').update(pdf.rawPayload).digest('hex'), sha256, 'what is signed is these bytes')
  await ok(sylvie, 'POST', `/conventions/${convention.id}/send`, { documentId })
  await mails()
  assert.equal(
    (await ok(gilles, 'POST', `/conventions/${convention.id}/sign`, { sha256 })).convention.state,
    'signed-by-one',
  )
  await go(`${start}T14:00:00Z`)
  const signed = (await ok(sylvie, 'POST', `/conventions/${convention.id}/sign`, { sha256 })).convention
  assert.deepEqual(
    [signed.state, parisDay(new Date(signed.effectiveFrom)), signed.term.endsOn],
    ['in-force', start, `${year}-12-31`],
  )
})

test('RGC-1, RGC-3, RGC-4: the deed goes to the security officer; the gate opens only with the certificate and the conditions, each named meanwhile', async () => {
  await ok(samir, 'POST', '/documents', {
    kind: 'cgu',
    tool: null,
    title: 'Conditions générales',
    body: 'Le texte des conditions.',
    inForceOn: parisDay(clock()),
  })
  await mails()
  await deed(maite)()
  assert.ok(received(await mails(), 'odile') > 0, 'the security officer is told')
  assert.deepEqual((await lacks(maite)).sort(), ['certificate', 'cgu'])
  assert.equal(await refused(maite, 'POST', '/habilitations/people', {}), 'request/malformed')
  await certificate(maite)
  assert.deepEqual(await lacks(maite), ['cgu'])
  assert.equal((await call(maite, 'GET', '/habilitations/people')).status, 403)
  await acceptAll(maite)
  assert.deepEqual([await lacks(maite), (await call(maite, 'GET', '/habilitations/people')).status], [[], 200])
})

test('ACC-1, ACC-2, ACC-4, ACC-7: she opens an account and grants a profile; it opens nothing before the conditions are accepted, then a first campaign', async () => {
  const made = await ok(maite, 'POST', '/habilitations/people', {
    givenName: 'Lucas',
    familyName: 'Etcheverry',
    function: 'Chargé de développement',
    attachment: 'agent',
    email: 'lucas.etcheverry@graves.example',
  })
  const { id: sessionId, cookie } = await insertSession(house.owner, made.id)
  lucas = { id: made.id, organisationId: partner, cookie, sessionId, name: 'Lucas Etcheverry' }
  await go(`${start}T15:00:00Z`)
  for (const [tool, profile] of [
    ['campagnes', 'pilote'],
    ['fiche-etablissement', 'conseiller'],
  ])
    await ok(maite, 'POST', `/habilitations/people/${lucas.id}/grants`, {
      tool,
      profile,
      perimeter: { territoryId: places.graves },
      purpose: 'prospection',
      reason: 'Prospection de la task force',
    })
  const told = await mails()
  assert.ok(received(told, 'lucas') >= 2, 'the person is told')
  assert.ok(
    told.includes('gilles: Un compte attend votre confirmation'),
    'the first address of this domain: a second person confirms it',
  )
  assert.equal(await refused(lucas, 'GET', '/campaigns'), 'access/to-confirm')
  const { items } = await ok(gilles, 'GET', '/habilitations/confirmations')
  await ok(gilles, 'POST', '/habilitations/confirmations/decision', {
    ids: items.map((one: { id: string }) => one.id),
    outcome: 'confirmed',
    reason: 'Nouvelle adresse de la communauté de communes',
  })
  assert.equal(await refused(lucas, 'GET', '/campaigns'), 'access/conditions-to-accept')
  await acceptAll(lucas)
  campaign = await ok(lucas, 'POST', '/campaigns', {
    name: 'Première campagne',
    purpose: 'prospection',
    territoryId: places.graves,
    startsOn: start,
    endsOn: addMonths(start, 6),
    memberIds: [partner],
    contactDelayDays: 30,
  })
  await ok(lucas, 'POST', `/campaigns/${campaign.id}/targets`, { sirets: [1, 2, 3].map(n => String(siretOf(n))) })
  assert.equal((await ok(lucas, 'POST', `/campaigns/${campaign.id}/open`)).status, 'open')
  await ok(lucas, 'POST', '/exchanges', {
    siret: String(siretOf(1)),
    campaignId: campaign.id,
    occurredOn: parisDay(clock()),
    channel: 'telephone',
    result: 'besoin-detecte',
    notes: 'Cherche deux maçons.',
    nextAction: { kind: 'visite', dueOn: addDays(start, 10) },
  })
})

test('ACC-5: two months without an act suspend, at the next request; the manager lifts it with a reason', async () => {
  const last = addMonths(start, 2)
  await go(`${last}T20:00:00Z`)
  await house.owner.query(`update account_activity set last_act_at = $2 where account_id = $1`, [
    lucas.id,
    `${start}T15:00:00Z`,
  ])
  assert.equal((await call(lucas, 'GET', '/campaigns')).status, 200, 'the last day still opens')
  await house.owner.query(`update account_activity set last_act_at = $2 where account_id = $1`, [
    lucas.id,
    `${start}T15:00:00Z`,
  ])
  await go(`${addDays(last, 1)}T09:00:00Z`)
  assert.equal(await refused(lucas, 'GET', '/campaigns'), 'access/inactive')
  await ok(maite, 'POST', `/habilitations/people/${lucas.id}/lift`, { reason: 'Retour de congé' })
  assert.equal((await call(lucas, 'GET', '/campaigns')).status, 200)
})

test('RGC-6, RGC-8: she leaves; her tool closes, both sides are told that nobody manages accounts; a successor takes over', async () => {
  await go(`${year}-06-15T08:00:00Z`)
  await mails()
  await ok(gilles, 'POST', '/rgc/events', {
    accountId: maite.id,
    kind: 'depart',
    lastDay: parisDay(clock()),
    knownOn: parisDay(clock()),
  })
  await go(`${year}-06-16T08:00:00Z`)
  assert.equal((await call(maite, 'GET', '/habilitations/people')).status, 403)
  assert.ok(received(await mails(), 'odile') > 0)
  assert.deepEqual(
    (await ok(odile, 'GET', '/rgc/oversight')).withoutRgc.map((o: { id: string }) => o.id),
    [partner],
  )
  await deed(paul)()
  await certificate(paul)
  await acceptAll(paul)
  assert.deepEqual([await lacks(paul), (await ok(odile, 'GET', '/rgc/oversight')).withoutRgc], [[], []])
})

test('ACC-6, PRI-7: the one who left is a pseudonym, and is reminded that confidentiality has no end', async () => {
  await mails()
  const gone = await ok(paul, 'POST', `/habilitations/people/${maite.id}/depart`, {
    cause: 'departure',
    reason: 'A quitté la structure',
  })
  assert.match(gone.pseudonym, /\S/)
  assert.equal((await mails()).length > 0, true)
  assert.equal((await call(maite, 'GET', '/me')).status, 401)
})

test('ACC-8: the review falls due, is decided and closed', async () => {
  await go(`${year}-12-20T09:00:00Z`)
  await house.owner.query('update account_activity set last_act_at = $1', [`${year}-12-19T09:00:00Z`])
  const [due] = (await ok(paul, 'GET', '/reviews/due')).items
  assert.deepEqual([due.dueOn, due.late], [addMonths(start, 12), false])
  const review = await ok(paul, 'POST', '/reviews')
  const lines = async () =>
    (await ok(paul, 'GET', `/reviews/${review.id}/lines?limit=200&which=undecided`)).items as {
      id: string
      allowed: string[]
    }[]
  const decidable = (await lines()).filter(l => l.allowed.length > 0)
  await ok(paul, 'POST', `/reviews/${review.id}/decisions`, {
    lineIds: decidable.map(l => l.id),
    decision: 'keep',
    reason: 'Toujours en fonction',
  })
  const [own] = await lines()
  await ok(gilles, 'POST', `/reviews/${review.id}/decisions`, {
    lineIds: [own!.id],
    decision: 'keep',
    reason: 'Gère les comptes',
  })
  assert.notEqual((await ok(paul, 'POST', `/reviews/${review.id}/close`)).closedAt, null)
})

test('AGR-3, AGR-4, AGR-7: renewed by itself, then ended by a notice one month after its receipt: the open session stops at that instant, and nothing is lost', async () => {
  await go(`${year + 1}-01-10T09:00:00Z`)
  const renewed = await ok(gilles, 'GET', `/conventions/${convention.id}`)
  assert.deepEqual([renewed.state, renewed.term.endsOn], ['in-force', `${year + 1}-03-31`])
  await house.owner.query('update account_activity set last_act_at = $1', [clock()])
  await mails()
  await ok(gilles, 'POST', `/conventions/${convention.id}/notices`, {
    channel: 'courriel',
    sentOn: parisDay(clock()),
    receivedOn: parisDay(clock()),
    document: aPdf('congé'),
    confirms: noticeEnd(parisDay(clock())).toISOString(),
  })
  assert.ok((await mails()).length > 0, 'the other party is told')
  /** Every row of what was worked, as it stands. */
  const worked = async (): Promise<Record<string, unknown[]>> =>
    Object.fromEntries(
      await Promise.all(
        [
          'campaigns',
          'campaign_members',
          'campaign_targets',
          'campaign_contacts',
          'campaign_holds',
          'exchanges',
          'exchange_contents',
          'exchange_versions',
          'next_actions',
          'convention_signatures',
          'convention_documents',
          'convention_notices',
        ].map(async table => [
          table,
          (await house.owner.query(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`)).rows.map(
            r => r.row,
          ),
        ]),
      ),
    )
  await go(`${year + 1}-02-10T22:59:50Z`) // ten seconds before midnight in Paris
  assert.equal((await call(lucas, 'GET', `/campaigns/${campaign.id}`)).status, 200)
  const before = await worked()
  assert.deepEqual(
    Object.entries(before)
      .filter(([, rows]) => rows.length === 0)
      .map(([table]) => table),
    [],
    'there is something of each to lose',
  )
  await go(`${year + 1}-02-10T23:00:05Z`)
  assert.equal(await refused(lucas, 'GET', '/campaigns'), 'access/no-convention')
  assert.equal((await call(paul, 'GET', '/habilitations/people')).status, 403)
  assert.equal((await ok(gilles, 'GET', `/conventions/${convention.id}`)).state, 'ended')
  assert.deepEqual(await worked(), before)
})
