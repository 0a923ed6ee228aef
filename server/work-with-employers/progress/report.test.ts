import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { actions } from '../../actions.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type MakePdf, pdfMaker } from '../../platform/pdf.ts'
import { buildServer } from '../../platform/server.ts'
import { addDays, parisDay, systemClock } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { textOfPdf } from '../../testing/pdf.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { campaignReport } from './report-route.ts'

const today = parisDay(systemClock())
const rights = (profile: 'consultation' | 'conseiller' | 'pilote', card = true) =>
  [
    { tool: 'campagnes', profile, territoryId: places.coeur },
    ...(card ? [{ tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.coeur } as const] : []),
  ] as const
const sirets = Array.from({ length: 8 }, (_, n) => siretOf(n + 1))

let house: House
let server: FastifyInstance
let makePdf: MakePdf = pdfMaker()
let ines: Person
let karim: Person
let narrow: Person
let stranger: Person
let campaignId: string

before(async () => {
  house = await openHouse(actions)
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    sirets.map((siret, n) => ({ siret, commune: n < 5 ? '33001' : '33002', naf: n < 4 ? '43.32A' : '10.71C' })),
  )
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais', kind: 'epci' }),
    await house.organisation({ name: 'Mission locale des Essais', kind: 'mission-locale' }),
  ]
  ines = await house.person(cc.id, [...rights('pilote')])
  karim = await house.person(mission.id, [...rights('conseiller')])
  narrow = await house.person(mission.id, [...rights('consultation', false)])
  stranger = await house.person((await house.organisation()).id, [...rights('pilote')])
  campaignId = (
    await insertCampaign(
      house.owner,
      aCampaign({
        name: 'Essai 🦊 « d’été »',
        status: 'open',
        pilotId: cc.id,
        memberIds: [mission.id],
        territoryId: places.coeur,
        place: {
          regionId: places.aquitaine,
          departementId: places.gironde,
          epciId: places.graves,
          clpeId: places.coeur,
        },
        startsOn: addDays(today, -20),
        endsOn: addDays(today, 40),
        goals: [{ kind: 'etablissements-contactes', value: 6 }],
      }),
      ines.id,
      sirets,
    )
  ).id
  const exchange = async (n: number, over: object) => {
    const answer = await house.call(
      karim,
      'POST',
      '/exchanges',
      {
        siret: String(sirets[n]),
        campaignId,
        occurredOn: addDays(today, -n),
        channel: 'telephone',
        result: 'absent',
        ...over,
      },
      once(),
    )
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
  }
  await exchange(0, { result: 'rendez-vous-pris', nextAction: { kind: 'rendez-vous', dueOn: today } })
  await exchange(1, { result: 'besoin-detecte', need: 'Un apprenti' })
  await exchange(2, { visibility: 'organisation' })
  server = await buildServer({
    database: house.database,
    actions: [],
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1_000_000,
    shedLoad: false,
    exceptions: [
      campaignReport({
        database: house.database,
        makePdf: document => makePdf(document),
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

const ask = (who: Person | null, path = `${campaignId}/report.pdf`) =>
  server.inject({ method: 'GET', url: `/api/campaigns/${path}`, headers: who ? { cookie: who.cookie } : {} })
const entries = async () =>
  (
    await house.owner.query(
      `select e.actor_id, e.subject_kind, e.subject_id, d.detail from audit_entries e
        join audit_details d on d.entry_id = e.id where e.action = 'campaign.report-made' order by e.at`,
    )
  ).rows

test('SEC-2, CAM-8: HEAD makes no document: nothing is made, nothing told, whoever asks', async () => {
  let made = 0
  const kept = makePdf
  makePdf = document => {
    made += 1
    return kept(document)
  }
  try {
    const before = (await entries()).length
    for (const who of [ines, stranger, null]) {
      const answer = await server.inject({
        method: 'HEAD',
        url: `/api/campaigns/${campaignId}/report.pdf`,
        headers: who ? { cookie: who.cookie } : {},
      })
      assert.equal(answer.statusCode, 404)
    }
    assert.deepEqual([made, (await entries()).length], [0, before])
  } finally {
    makePdf = kept
  }
})
test('CAM-8, UX-1: the report is a tagged PDF/UA in French: title, headings, tables with their headers, the drawing said in words', async () => {
  const answer = await ask(ines)
  assert.equal(answer.statusCode, 200, answer.body)
  assert.deepEqual(
    [answer.headers['content-type'], answer.headers['cache-control'], answer.headers['content-disposition']],
    ['application/pdf', 'no-store', `attachment; filename="rapport-essai-d-ete-${today}.pdf"`],
  )
  const source = answer.rawPayload.toString('latin1')
  for (const sign of [
    /^%PDF-/,
    /\/MarkInfo\s*<<[^>]*\/Marked true/,
    /\/StructTreeRoot/,
    /<pdfuaid:part>1</,
    /\/Lang \(fr/,
    /\/S \/H1/,
    /\/S \/H2/,
    /\/S \/Table/,
    /\/S \/Caption/,
    /\/S \/TH[\s\S]{0,200}\/Scope \/Column/,
    /\/S \/Figure/,
    /\/Alt </,
  ])
    assert.match(source, sign)
})
test('CAM-8: it says the figures of the page, when and for whom they were read, how they are counted, and nothing of an advisor', async () => {
  const page = (await house.call(ines, 'GET', `/campaigns/${campaignId}/progress`)).body
  const text = textOfPdf((await ask(ines)).rawPayload)
  assert.deepEqual([page.targets, page.contacted, page.funnel.map((s: any) => s.count)], [8, 3, [8, 3, 2, 1, 1, 0]])
  for (const said of [
    'Rapport de campagne : Essai ? « d’été »',
    '3 établissements contactés sur 8 (38 %), 1 rendez-vous pris, 1 besoin détecté.',
    'CC des Essais et Mission locale des Essais',
    `demandé par ${ines.name} (CC des Essais)`,
    'Établissements contactés 6 3 50 %',
    'Interlocuteur joint 2 25 %',
    'Mission locale des Essais 0 3 38 % 3 1 0',
    'Construction 4',
    'Moins de 10 salariés 8 0 3 38 % 2 1 0',
    'Besoins suivis, encore ouverts 0 sur 0',
    '5 cibles que personne n’a prises',
    '1 autre échange a un résultat',
    'définitions version 2',
    'avec les partenaires, pour cette campagne',
    'Définition, version 2',
  ])
    assert.ok(text.includes(said), `${said} · ${text}`)
  for (const { contacted, from } of page.weeks) assert.ok(text.includes(String(contacted)), from)
  assert.ok(!text.includes(karim.name))
})
test('CAM-8, SEC-6: what one may not read is not in one’s report', async () => {
  const text = textOfPdf((await ask(narrow)).rawPayload)
  assert.ok(
    text.includes(
      'Aucun résultat que la personne qui a demandé ce rapport puisse lire. 3 autres échanges ont un résultat',
    ),
    text,
  )
})
test('SEC-1: each report leaves its entry in the trail, with the digest of the document', async () => {
  const before = (await entries()).length
  const { rawPayload } = await ask(karim, `${campaignId}/report.pdf?days=30`)
  const [last, ...more] = (await entries()).slice(before)
  assert.deepEqual(
    [last, more.length],
    [
      {
        actor_id: karim.id,
        subject_kind: 'campaign',
        subject_id: campaignId,
        detail: { days: 30, sha256: createHash('sha256').update(rawPayload).digest('hex') },
      },
      0,
    ],
  )
})
test('SEC-6, API-4: refused to who may not read the campaign, without a document nor an entry', async () => {
  const before = (await entries()).length
  const locked = await house.person(ines.organisationId, [...rights('pilote')], {
    lastSeenAt: new Date(Date.now() - 31 * 60_000),
  })
  const without = await house.person(ines.organisationId, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.coeur },
  ])
  for (const [who, path, status, code] of [
    [null, undefined, 401, 'session/required'],
    [locked, undefined, 401, 'session/locked'],
    [without, undefined, 403, 'access/no-grant'],
    [stranger, undefined, 404, 'not-found'],
    [ines, `${uuidv7()}/report.pdf`, 404, 'not-found'],
    [ines, 'x/report.pdf', 400, 'request/malformed'],
    [ines, `${campaignId}/report.pdf?days=0`, 400, 'request/malformed'],
    [ines, `${campaignId}/report.pdf?days=1e2`, 400, 'request/malformed'],
  ] as const) {
    const answer = await ask(who, path)
    assert.deepEqual(
      [answer.statusCode, answer.json().code, answer.headers['content-type']],
      [status, code, 'application/problem+json; charset=utf-8'],
      path ?? who?.name,
    )
  }
  assert.equal((await entries()).length, before)
})
test('SEC-6: a right lost while the document is made keeps it from leaving', async t => {
  const passing = await house.person(ines.organisationId, [...rights('conseiller')])
  const make = makePdf
  t.after(() => {
    makePdf = make
  })
  makePdf = async document => {
    await house.owner.query('update grants set revoked_at = now() where account_id = $1', [passing.id])
    return make(document)
  }
  const before = (await entries()).length
  const answer = await ask(passing)
  assert.deepEqual([answer.statusCode, answer.json().code, (await entries()).length], [403, 'access/no-grant', before])
})
test('REL-4: asked for by too many at once, the next are told to come back', async t => {
  const make = makePdf
  t.after(() => {
    makePdf = make
  })
  const folder = mkdtempSync(join(tmpdir(), 'report-test-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [go, program] = [join(folder, 'go'), join(folder, 'waits.mjs')]
  writeFileSync(
    program,
    `import { existsSync } from 'node:fs'; setInterval(() => { if (existsSync(${JSON.stringify(go)})) process.exit() }, 10)`,
  )
  const held = pdfMaker({ waitingAtMost: 0, program })
  const called = new Promise<void>(resolve => {
    makePdf = document => {
      resolve()
      return held(document)
    }
  })
  const first = ask(ines)
  await called
  for (const who of [karim, narrow]) {
    const refused = await ask(who)
    assert.deepEqual([refused.statusCode, refused.json().code], [503, 'document/busy'])
    assert.ok(Number(refused.headers['retry-after']) > 0)
  }
  writeFileSync(go, '')
  assert.equal((await first).statusCode, 200)
})
