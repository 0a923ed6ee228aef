import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { listActivities } from '../contract/territory-and-register/territories.ts'
import { listCommitmentKinds } from '../contract/work-with-employers/commitments.ts'
import { xlsxTable } from '../server/platform/export/xlsx-table.ts'
import { parisDay } from '../server/platform/time.ts'
import { pagesUnderTest } from './pages.ts'
import * as stub from './stub-campaigns.ts'
import { activityToday, refusal } from './stub-service.ts'

type Pages = Awaited<ReturnType<typeof pagesUnderTest>>
let pages: Pages
let { service, open, sound, soundAtEveryWidth, page, focused } = {} as Pages
before(async () => {
  pages = await pagesUnderTest()
  ;({ service, open, sound, soundAtEveryWidth, page, focused } = pages)
  for (const campaign of [opened, draft]) {
    service.on(`GET ${one(campaign)}/results`, { body: { items: [], allowed: [] } })
    service.on(`GET ${one(campaign)}/sharings`, { body: { items: [], next: null, allowed: [] } })
  }
})
after(() => pages?.stop())

const opened = stub.campaign()
const draft = stub.draft()
const one = (campaign: stub.Campaign) => `/campaigns/${campaign.id}`
const text = (words: string | RegExp) => page().getByText(words).first().waitFor()
const sentTo = (ending: string) =>
  service.calls.findLast(({ method, path }) => method !== 'GET' && path.endsWith(ending))

const clause = {
  id: 'f0000000-0000-4000-8000-000000000001',
  family: 'clause',
  label: 'Clause sociale d’insertion',
  retired: false,
  retiredAt: null,
  version: 1,
} as const
const readsHires = {
  tool: 'fiche-recrutement',
  profile: 'consultation',
  territory: stub.me().rights[0]!.territory,
  reason: 'recrutement',
  since: '2026-03-03',
  until: null,
} as const
const signedIn = (profile: 'pilote' | 'conseiller' = 'pilote') => service.on('GET /me', { body: stub.me(profile) })
const lists = () => {
  service.reply(listCommitmentKinds, {}, { items: [clause], mayKeep: false })
  service.on('GET /territories', { body: stub.territoryList() })
  service.on('GET /organisations', ({ search }) => ({
    body: {
      ...stub.organisationList(),
      items: stub
        .organisationList()
        .items.filter(({ name }) => name.toLowerCase().includes((search.get('q') ?? '').toLowerCase())),
    },
  }))
}

describe('the list of campaigns', () => {
  test('CAM-1: name, purpose, territory, period in words, pilot, state in a word, progress, at three widths', async () => {
    signedIn()
    const all = [
      opened,
      draft,
      stub.campaign({
        id: '0193a000-0000-7000-80e0-000000000003',
        name: 'Restauration, été',
        purpose: 'fidelisation',
        status: 'closed',
        pilot: stub.organisations.mission,
        counts: { targets: 60, contacted: 58, undecided: 0 },
        allowed: [],
      }),
    ]
    service.on('GET /campaigns', ({ search }) => ({
      body: stub.campaignList(all.filter(({ status }) => !search.get('status') || status === search.get('status'))),
    }))
    await open('/campagnes')
    await text('42 contactés sur 120')
    await soundAtEveryWidth('campagnes')
    assert.equal(
      await page().getByRole('link', { name: 'Industrie et bois' }).getAttribute('href'),
      `/campagnes/${draft.id}/preparer`,
    )
    // The heads of its columns put it in order, or a list where they are out of sight; the address says so.
    const asked = () => service.calls.findLast(({ path }) => path === '/api/campaigns')?.search.get('sort')
    for (const [run, sort, search] of [
      [
        () => page().getByRole('columnheader', { name: 'Pilote' }).getByRole('button').press('Enter'),
        'pilot',
        '?tri=pilote',
      ],
      [
        () => page().getByRole('columnheader', { name: 'Pilote' }).getByRole('button').press('Enter'),
        '-pilot',
        '?tri=-pilote',
      ],
      [() => page().getByLabel('Trier par').selectOption('Dernier jour, le plus proche d’abord'), 'end', '?tri=fin'],
    ] as const) {
      await run()
      await page().waitForURL(url => url.search === search)
      for (let tries = 0; asked() !== sort; tries++) {
        assert.ok(tries < 600, `asked by ${sort}`)
        await new Promise(resolve => setTimeout(resolve, 100))
      }
    }
    await page().getByLabel('Trier par').selectOption('Période, les récentes d’abord')
    await page().waitForURL(url => url.search === '')
    await page().getByRole('button', { name: 'Closes' }).press('Enter')
    await page().getByText('1 campagne').waitFor()
    assert.equal(new URL(page().url()).search, '?statut=closed')
    await page().reload()
    await page().getByRole('button', { name: 'Closes', pressed: true }).waitFor()
  })

  test('UX-5: empty, it says what will be there; without the right, who can; refused, why', async () => {
    signedIn()
    service.on('GET /campaigns', { body: stub.campaignList([]) })
    await open('/campagnes', 768)
    await text('Aucune campagne pour le moment')
    await sound('campagnes-vides-768')
    signedIn('conseiller')
    service.on('GET /campaigns', { body: stub.campaignList([opened], false) })
    await open('/campagnes', 320)
    await text(/Une campagne est préparée par un pilote/)
    assert.equal(await page().getByRole('link', { name: 'Préparer une campagne' }).count(), 0)
    await sound('campagnes-conseiller-320')
    await open('/campagnes/nouvelle', 320)
    await text('Réservé aux pilotes')
    assert.equal(await page().getByLabel('Nom de la campagne').count(), 0)
    await sound('preparer-reserve-pilotes-320')
    service.on(
      'GET /campaigns',
      refusal(
        403,
        'access/no-grant',
        'Habilitation manquante',
        'Votre compte n’a pas d’habilitation pour cette action.',
      ),
    )
    await open('/campagnes', 768)
    await text('Habilitation manquante')
    await sound('campagnes-refusees-768')
  })
})

describe('preparing a campaign', () => {
  test('UX-1, CAM-1, CAM-2, CAM-3: from nothing to an open campaign by the keyboard alone', async () => {
    signedIn()
    lists()
    let now = stub.draft({ step: 'objet', members: [stub.organisations.jalle] })
    const written = ({
      name,
      purpose,
      description,
      startsOn,
      endsOn,
      memberIds,
      leadIds,
      goals,
      contactDelayDays,
      step = now.step,
    }: any) => {
      now = {
        ...now,
        name,
        purpose,
        description,
        startsOn,
        endsOn,
        goals,
        contactDelayDays,
        step,
        version: now.version + 1,
        members: [stub.organisations.jalle, ...(memberIds.length ? [stub.organisations.plie] : [])],
        leads: leadIds.length ? [stub.lead] : [],
      }
      return { body: now }
    }
    service.on('POST /campaigns', ({ body }) => written(body))
    service.on(`PUT ${one(draft)}`, ({ body }) => written(body))
    service.on(`GET ${one(draft)}/lead-candidates`, {
      body: {
        items: [{ ...stub.lead, function: 'Responsable du pôle entreprises', organisation: 'PLIE Portes du Sud' }],
      },
    })
    service.on(`GET ${one(draft)}`, () => ({ body: now }))
    service.on(`POST ${one(draft)}/targets/preview`, () => ({
      body: now.counts.targets ? stub.preview(0) : stub.preview(),
    }))
    service.on(`POST ${one(draft)}/targets`, () => {
      now = { ...now, counts: { targets: 412, contacted: 0, undecided: 36 } }
      return { body: stub.added(now) }
    })
    let groups = stub.conflicts().groups
    service.on(`GET ${one(draft)}/conflicts`, () => ({ body: stub.conflicts({ groups }) }))
    service.on(`POST ${one(draft)}/conflicts/decide`, ({ body }) => {
      groups = groups.map(group =>
        group.kind === body.rule.kind &&
        (!body.rule.organisationId || group.organisation.id === body.rule.organisationId)
          ? { ...group, undecided: 0 }
          : group,
      )
      const undecided = groups.reduce((sum, group) => sum + group.undecided, 0)
      now = { ...now, counts: { ...now.counts, undecided } }
      return { body: { decided: 18, awaiting: 0, undecided } }
    })
    service.on(`POST ${one(draft)}/open`, () => {
      now = { ...now, status: 'open', allowed: ['work-targets', 'close', 'duplicate'] }
      return { body: now }
    })
    service.on(`GET ${one(draft)}/targets`, { body: stub.targets() })
    service.on('GET /campaigns', { body: stub.campaignList([draft]) })

    await open('/campagnes')
    const keys = page().keyboard
    await page().getByRole('link', { name: 'Préparer une campagne' }).press('Enter')
    await page().getByRole('heading', { name: 'Préparer une campagne', level: 1 }).waitFor()
    assert.equal(await focused(), 'Préparer une campagne', 'the title takes the focus')
    assert.equal(
      await page()
        .getByText(/^Pas encore enregistré/)
        .count(),
      0,
      'nothing is lacking before one types',
    )
    await keys.press('Tab')
    while ((await focused()) !== 'name') await keys.press('Tab')
    await keys.type('Industrie et bois')
    await text(/Pas encore enregistré : il manque l’objet, le début et la fin/)
    await keys.press('Tab')
    await keys.press('Space')
    await keys.press('Tab')
    assert.equal(
      await page()
        .getByLabel(/^Territoire/)
        .inputValue(),
      'Bordeaux hors Métropole',
      'the one territory I pilot is there already',
    )
    // The same day whether this browser writes days or months first.
    for (const [name, digits] of [
      ['startsOn', '01012027'],
      ['endsOn', '03032027'],
    ] as const) {
      while ((await focused()) !== name) await keys.press('Tab')
      await keys.type(digits)
    }
    await text(/Brouillon enregistré à/)
    const created = sentTo('/campaigns')!.body
    assert.deepEqual(created, {
      name: 'Industrie et bois',
      purpose: 'prospection',
      description: null,
      territoryId: 10001,
      startsOn: '2027-01-01',
      endsOn: '2027-03-03',
      memberIds: [],
      leadIds: [],
      goals: [],
      contactDelayDays: 30,
      conflictScope: 'establishment',
    })
    await page().waitForURL(`**/nouvelle?brouillon=${draft.id}`)
    assert.equal(await focused(), 'endsOn', 'the first saving does not move who types')
    await keys.press('Control+Enter')

    await page().getByRole('heading', { name: 'Avec qui ?' }).waitFor()
    const combobox = async () => {
      do await keys.press('Tab')
      while (await page().evaluate(() => document.activeElement?.getAttribute('role') !== 'combobox'))
    }
    await combobox()
    await keys.type('plie')
    await page().getByRole('option', { name: 'PLIE Portes du Sud' }).waitFor()
    await keys.press('ArrowDown')
    await sound('preparer-membres-1440')
    await keys.press('Enter')
    await page().getByRole('button', { name: 'Retirer PLIE Portes du Sud' }).waitFor()
    await text(/Brouillon enregistré à/)
    await combobox()
    await keys.type('Lestage')
    await page()
      .getByRole('option', { name: /Paul Lestage/ })
      .waitFor()
    await keys.press('Enter')
    await page().getByRole('button', { name: 'Retirer Paul Lestage, PLIE Portes du Sud' }).waitFor()
    await sound('preparer-equipe-1440')
    await keys.press('Control+Enter')

    await page().getByRole('heading', { name: 'Quels objectifs ?' }).waitFor()
    await keys.press('Tab')
    while ((await focused()) !== 'etablissements-contactes') await keys.press('Tab')
    await keys.type('120')
    await sound('preparer-objectifs-1440')
    await keys.press('Control+Enter')

    await page().getByRole('heading', { name: 'Quels établissements ?' }).waitFor()
    assert.equal(await focused(), 'Quels établissements ?')
    const last = service.calls.findLast(({ method }) => method === 'PUT')!
    assert.deepEqual(
      [last.body.memberIds, last.body.leadIds, last.body.goals, last.body.step, last.headers['if-match']],
      [
        [stub.organisations.plie.id],
        [stub.lead.id],
        [{ kind: 'etablissements-contactes', value: 120 }],
        'etablissements',
        `"${now.version - 1}"`,
      ],
    )

    await page().getByRole('button', { name: 'Ajouter ces 412 établissements' }).waitFor()
    await page().getByText('Choisir dans la nomenclature').press('Enter')
    service.reply(listActivities, {}, { items: [{ code: '96.02A', label: 'Coiffure' }], next: null })
    const filter = page().getByLabel(/Filtrer la nomenclature/)
    await filter.fill('coiffeur')
    await page().getByRole('checkbox', { name: '96.02A Coiffure' }).press('Space')
    await page().getByRole('list', { name: /choix/ }).getByText('96.02A Coiffure').waitFor()
    await sound('preparer-metier-1440')
    await page().getByRole('checkbox', { name: '96.02A Coiffure' }).press('Space')
    await filter.fill('bois')
    await page().getByRole('checkbox', { name: '16 Travail du bois' }).press('Space')
    await page()
      .getByRole('checkbox', { name: /10 à 49/ })
      .press('Space')
    await page().getByRole('checkbox', { name: 'Employeur public' }).press('Space')
    await page().getByRole('checkbox', { name: 'Association ou fondation' }).press('Space')
    await page().getByRole('checkbox', { name: 'TPE (moins de 10 salariés)' }).press('Space')
    await page().getByText('Engagements', { exact: true }).press('Enter')
    await page().getByRole('checkbox', { name: 'Clause : Clause sociale d’insertion' }).press('Space')
    await page().waitForFunction(() => !document.body.innerText.includes('Comptage'))
    await text('6 employeurs n’ont plus de sollicitation ce mois-là')
    await sound('preparer-criteres-1440')
    await page().getByRole('button', { name: 'Ajouter ces 412 établissements' }).press('Enter')
    await text('412 établissements ajoutés. La campagne en compte 412.')
    assert.deepEqual(sentTo('/targets')!.body, {
      criteria: {
        activities: [activityToday('16')],
        sizes: ['10-49'],
        legalNatures: ['association', 'public'],
        companySizes: ['tpe'],
        employer: true,
        commitmentKinds: [clause.id],
      },
    })
    await page().getByRole('link', { name: 'Continuer avec 412 établissements' }).press('Enter')

    await page().getByRole('heading', { name: '36 établissements sur 412 sont déjà suivis' }).waitFor()
    await page()
      .getByRole('group', { name: /18 établissements \(PLIE/ })
      .getByRole('button', { name: 'Partager' })
      .press('Enter')
    await page().getByText('décidés').waitFor()
    await page()
      .getByRole('group', { name: /3 établissements \(France Travail/ })
      .getByRole('button', { name: /Prendre/ })
      .press('Enter')
    await page().getByRole('dialog', { name: 'Prendre 3 établissements' }).waitFor()
    await keys.type('Accord donné par téléphone')
    await sound('preparer-prendre-1440')
    await keys.press('Control+Enter')
    await page().getByRole('dialog').waitFor({ state: 'detached' })
    assert.deepEqual(sentTo('/decide')!.body, {
      rule: { kind: 'held', organisationId: stub.organisations.france.id },
      decision: 'take',
      reason: 'Accord donné par téléphone',
    })
    await page()
      .getByRole('group', { name: /15 établissements \(Mission/ })
      .getByRole('button', { name: 'Laisser' })
      .press('Enter')
    await text('Tout est décidé.')
    await page().getByRole('link', { name: 'Continuer' }).press('Enter')

    await page().getByRole('heading', { name: 'Prêt à ouvrir ?' }).waitFor()
    await sound('preparer-ouvrir-1440')
    await page().getByRole('button', { name: 'Ouvrir la campagne' }).press('Enter')
    await page().getByRole('heading', { name: 'Industrie et bois', level: 1 }).waitFor()
    await page().waitForURL(`**/campagnes/${draft.id}`)
  })

  test('CAM-1: left and found again, the draft opens where it was', async () => {
    signedIn()
    lists()
    service.on(`POST ${one(draft)}/targets/preview`, { body: stub.preview() })
    service.on(`GET ${one(draft)}/conflicts`, { body: stub.conflicts() })
    for (const step of ['objet', 'equipe', 'objectifs', 'etablissements'] as const) {
      service.on(`GET ${one(draft)}`, {
        body: stub.draft({ step, counts: { targets: 0, contacted: 0, undecided: 0 } }),
      })
      await open(`/campagnes/nouvelle?brouillon=${draft.id}`)
      await page().waitForURL(`**/preparer/${step}`)
    }
    for (const [counts, address] of [
      [{ targets: 412, contacted: 0, undecided: 36 }, 'conflits'],
      [{ targets: 412, contacted: 0, undecided: 0 }, 'ouverture'],
    ] as const) {
      service.on(`GET ${one(draft)}`, { body: stub.draft({ counts }) })
      await open(`/campagnes/${draft.id}/preparer`)
      await page().waitForURL(`**/preparer/${address}`)
    }
  })

  test('CAM-1, TER-2: the task force of its CLPE is proposed, members then sensitive sectors, each taken in one press or left', async () => {
    signedIn()
    lists()
    const { jalle, mission, plie, france } = stub.organisations
    let now = stub.draft({ step: 'equipe', members: [jalle, plie] })
    service.on(`GET ${one(draft)}`, () => ({ body: now }))
    service.on(`PUT ${one(draft)}`, ({ body }) => {
      const members = [jalle, ...[plie, france, mission].filter(({ id }) => body.memberIds.includes(id))]
      now = { ...now, members, version: now.version + 1, step: body.step ?? now.step }
      return { body: now }
    })
    service.on(`POST ${one(draft)}/targets/preview`, { body: stub.preview() })
    service.on('GET /territories/10001/task-force', { body: stub.taskForce() })
    const from = service.calls.length
    await open(`/campagnes/${draft.id}/preparer/equipe`)
    await text('La task force du CLPE Bordeaux hors Métropole réunit aussi : France Travail')
    await soundAtEveryWidth('preparer-equipe-task-force')
    assert.equal(
      service.calls.slice(from).filter(({ method }) => method === 'PUT').length,
      0,
      'nothing is taken by itself',
    )
    await page().getByRole('button', { name: 'Ajouter ces 2 structures' }).press('Enter')
    await text('Toutes les structures de la task force sont membres de la campagne.')
    assert.match((await focused()) ?? '', /^Toutes les structures de la task force/)
    await text(/Brouillon enregistré à/)
    assert.deepEqual(new Set(sentTo(one(draft))!.body.memberIds), new Set([plie, france, mission].map(({ id }) => id)))
    await page()
      .getByRole('button', { name: `Retirer ${mission.name}` })
      .press('Enter')
    await page().getByRole('button', { name: 'Ajouter cette structure' }).waitFor()

    await open(`/campagnes/${draft.id}/preparer/etablissements`)
    await text(
      'signale comme sensibles : Travaux de construction spécialisés (division 43) et Action sociale sans hébergement (division 88).',
    )
    await soundAtEveryWidth('preparer-2-task-force')
    await page().getByRole('button', { name: 'Choisir ces 2 secteurs' }).press('Enter')
    await text('Tous les secteurs sensibles de la task force sont choisis.')
    await page().getByRole('list', { name: /choix/ }).getByText('43 Travaux de construction spécialisés').waitFor()
    const asked = () => sentTo('/targets/preview')?.body.criteria.activities
    for (let tries = 0; String(asked()) !== '43,88'; tries++) {
      assert.ok(tries < 600, `asked ${asked()}`)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
    // Without a task force, or one that is not read, nothing is proposed.
    service.on('GET /territories/10001/task-force', refusal(404, 'not-found', 'Introuvable', 'Introuvable.'))
    await open(`/campagnes/${draft.id}/preparer/etablissements`)
    await page().getByRole('button', { name: 'Ajouter ces 412 établissements' }).waitFor()
    assert.equal(
      await page()
        .getByText(/La task force du/)
        .count(),
      0,
    )
  })

  test('UX-1: each step is sound at three widths', async () => {
    signedIn()
    lists()
    service.on('GET /campaigns', { body: stub.campaignList([draft]) })
    service.on(`GET ${one(draft)}`, { body: stub.draft({ counts: { targets: 412, contacted: 0, undecided: 36 } }) })
    service.on(`POST ${one(draft)}/targets/preview`, ({ body }) => ({
      body: 'sirets' in body ? stub.pastedPreview() : stub.preview(),
    }))
    service.on(`GET ${one(draft)}/conflicts`, { body: stub.conflicts() })
    await open('/campagnes/nouvelle')
    await page().getByLabel('Nom de la campagne').waitFor()
    await soundAtEveryWidth('preparer-1')
    await open(`/campagnes/${draft.id}/preparer/equipe`)
    await page()
      .getByLabel(/^Responsables/)
      .waitFor()
    await soundAtEveryWidth('preparer-equipe')
    await open(`/campagnes/${draft.id}/preparer/objectifs`)
    await page()
      .getByLabel(/^Besoins à détecter/)
      .waitFor()
    await soundAtEveryWidth('preparer-objectifs')
    await open(`/campagnes/${draft.id}/preparer/etablissements`)
    await page()
      .getByRole('button', { name: /Ajouter ces 412/ })
      .waitFor()
    await soundAtEveryWidth('preparer-2')
    await open(`/campagnes/${draft.id}/preparer/etablissements?par=siret`)
    await page()
      .getByLabel(/^Ou SIRET/)
      .fill('900 000 001 00011\n900 000 002 00011\n900 000 002 00011\n39086003200034\n90000099900019\n\nà vérifier')
    await page().getByRole('button', { name: 'Vérifier la liste' }).click()
    await text('4 lignes non ajoutées')
    await soundAtEveryWidth('preparer-2-siret')
    await open(`/campagnes/${draft.id}/preparer/etablissements?par=main`)
    await page()
      .getByLabel(/^Établissement/)
      .waitFor()
    await soundAtEveryWidth('preparer-2-main')
    await open(`/campagnes/${draft.id}/preparer/conflits?vue=liste`)
    await text('36 établissements sur 412 sont déjà suivis')
    await soundAtEveryWidth('preparer-3')
    await open(`/campagnes/${draft.id}/preparer/ouverture`)
    await soundAtEveryWidth('preparer-4')
  })

  test('EST-12, CAM-3: the company is chosen with the delay; what is done next door is left or taken, never shared', async () => {
    signedIn()
    let now = stub.draft({ step: 'objectifs' })
    service.on(`GET ${one(draft)}`, () => ({ body: now }))
    service.on(`PUT ${one(draft)}`, ({ body }: any) => {
      now = { ...now, conflictScope: body.conflictScope, version: now.version + 1 }
      return { body: now }
    })
    await open(`/campagnes/${draft.id}/preparer/objectifs`, 1440)
    await page().getByLabel('Toute l’entreprise (SIREN)').check()
    await text(/Brouillon enregistré à/)
    assert.equal(sentTo(draft.id)!.body.conflictScope, 'company')
    await soundAtEveryWidth('preparer-3-entreprise')
    const beside = { kind: 'beside' as const, organisation: stub.organisations.plie, campaignName: 'Industrie 2026' }
    now = { ...now, counts: { targets: 412, contacted: 0, undecided: 5 } }
    service.on(`GET ${one(draft)}/conflicts`, {
      body: stub.conflicts({ items: [], total: 5, groups: [{ ...beside, count: 5, undecided: 5 }] }),
    })
    await open(`/campagnes/${draft.id}/preparer/conflits`, 1440)
    await text('5 dont un autre établissement de l’entreprise est tenu, ou a été contacté il y a moins de 30 jours')
    await page().getByRole('button', { name: 'Laisser' }).waitFor()
    assert.equal(await page().getByRole('button', { name: 'Partager' }).count(), 0)
    await soundAtEveryWidth('preparer-5-entreprise')
    const near = { kind: 'beside' as const, campaign: null }
    service.on(`GET ${one(draft)}/conflicts`, {
      body: stub.conflicts({
        items: [stub.conflict(0, near), stub.conflict(1, { ...near, held: false, on: parisDay(new Date()) })],
        total: 5,
        groups: [{ ...beside, count: 5, undecided: 5 }],
      }),
    })
    await open(`/campagnes/${draft.id}/preparer/conflits?vue=liste`, 1440)
    await text(/autre établissement de l’entreprise tenu par .*, jusqu’au /)
    await text(/autre établissement de l’entreprise contacté par .*, aujourd’hui/)
    await soundAtEveryWidth('preparer-5-entreprise-liste')
  })
  test('CAM-3: one by one, chosen conflicts are decided together, and a contact is not shared', async () => {
    signedIn()
    service.on(`GET ${one(draft)}`, { body: stub.draft({ counts: { targets: 412, contacted: 0, undecided: 36 } }) })
    service.on(`GET ${one(draft)}/conflicts`, { body: stub.conflicts() })
    service.on(`POST ${one(draft)}/conflicts/decide`, { body: { decided: 2, awaiting: 0, undecided: 34 } })
    await open(`/campagnes/${draft.id}/preparer/conflits?vue=liste`)
    await page().getByRole('checkbox', { name: 'Sélectionner GARONNE BOIS' }).press('Space')
    await page().getByRole('checkbox', { name: 'Sélectionner CHAI DES TILLEULS' }).press('Space')
    await text('2 choisis')
    const bar = page().locator('.cc-sticky')
    await bar.getByRole('button', { name: 'Partager' }).waitFor()
    await page().getByRole('checkbox', { name: 'Sélectionner BOULANGERIE DES ÉCOLES' }).press('Space')
    assert.equal(
      await bar.getByRole('button', { name: 'Partager' }).count(),
      0,
      'a contact reserves nothing: nothing to share',
    )
    await sound('preparer-3-choisis-1440')
    await bar.getByRole('button', { name: 'Laisser' }).click()
    await page().locator('[role=status]', { hasText: '34' }).waitFor({ state: 'attached' })
    assert.deepEqual(sentTo('/decide')!.body, {
      sirets: [0, 1, 3].map(number => stub.line(number).siret),
      decision: 'leave',
    })
  })

  test('CAM-3: refused at opening by what appeared since, it shows it and leads back', async () => {
    signedIn()
    service.on(`POST ${one(draft)}/open`, () => {
      service.on(`GET ${one(draft)}`, { body: stub.draft({ counts: { targets: 412, contacted: 0, undecided: 2 } }) })
      return refused
    })
    const refused = refusal(
      409,
      'campaign/undecided-conflicts',
      'Conflits à trancher',
      'Des établissements sont déjà suivis.',
      { facts: { count: 2 } },
    )
    service.on(`GET ${one(draft)}/conflicts`, {
      body: stub.conflicts({
        items: [stub.conflict(0), stub.conflict(2, { campaign: null, organisation: stub.organisations.france })],
        total: 2,
      }),
    })
    service.on(`GET ${one(draft)}`, { body: stub.draft({ counts: { targets: 412, contacted: 0, undecided: 0 } }) })
    await open(`/campagnes/${draft.id}/preparer/ouverture`)
    await page().getByRole('button', { name: 'Ouvrir la campagne' }).press('Enter')
    await text('La campagne n’est pas encore ouverte')
    assert.match(
      await page().evaluate(() => document.activeElement?.closest('main *')?.textContent ?? ''),
      /^La campagne n’est pas encore ouverte/,
      'the focus is on what was refused',
    )
    await text('GARONNE BOIS')
    await soundAtEveryWidth('preparer-4-apparus')
    await page().getByRole('link', { name: 'Décider de ce qui est apparu' }).press('Enter')
    await page().waitForURL('**/preparer/conflits?vue=liste&restants=1')
  })

  test('CAM-1: edited by two at once, the second sees the difference and chooses', async () => {
    signedIn()
    lists()
    service.on(`GET ${one(draft)}`, { body: draft })
    service.on(`POST ${one(draft)}/targets/preview`, { body: stub.preview() })
    service.on(`PUT ${one(draft)}`, ({ headers, body }) =>
      headers['if-match'] === '"2"'
        ? { body: { ...draft, ...body, name: body.name, version: 3 } }
        : refusal(
            412,
            'request/changed-meanwhile',
            'Modifié entre-temps',
            'Une autre personne a modifié cette fiche.',
            { current: { ...draft, name: 'Industrie du bois', contactDelayDays: 60, version: 2 } },
          ),
    )
    await open(`/campagnes/${draft.id}/preparer/objet`, 768)
    await page().getByLabel('Nom de la campagne').fill('Bois et industrie')
    await page().getByRole('cell', { name: 'Industrie du bois' }).waitFor()
    assert.equal(
      await page().getByRole('rowheader', { name: 'Délai' }).count(),
      0,
      'what only the other changed is taken, not asked',
    )
    await sound('preparer-1-difference-768')
    await page().getByRole('button', { name: 'Enregistrer ma saisie' }).press('Enter')
    await text(/Brouillon enregistré à/)
    const kept = sentTo(draft.id)!.body
    assert.deepEqual([kept.name, kept.contactDelayDays], ['Bois et industrie', 60])
  })

  test('UX-3: the network lost while a draft is typed: it says so, keeps what is typed, and writes it once when it is back', async () => {
    signedIn()
    lists()
    let lost = true
    let written = 0
    service.on('GET /campaigns', { body: stub.campaignList([]) })
    service.on('POST /campaigns', ({ body, headers }) => {
      if (lost) return undefined
      written += 1
      assert.equal(headers['idempotency-key'], sentTo('/campaigns')!.headers['idempotency-key'])
      return { body: { ...stub.draft({ step: 'objet' }), name: body.name } }
    })
    service.on(`PUT ${one(draft)}`, ({ body }) => ({
      body: { ...stub.draft({ step: 'objet' }), ...body, members: [], leads: [], version: 2 },
    }))
    await open('/campagnes/nouvelle', 320)
    await page().getByLabel('Nom de la campagne').fill('Pendant la coupure')
    await page()
      .getByLabel(/Prospection/)
      .check()
    await page()
      .getByLabel(/^Début/)
      .fill('2027-01-01')
    await page().getByLabel(/^Fin/).fill('2027-03-03')
    await text(/sera enregistrée à son retour/)
    await sound('preparer-1-hors-ligne-320')
    lost = false
    await text(/Brouillon enregistré à/)
    assert.equal(written, 1)
    assert.equal(await page().getByLabel('Nom de la campagne').inputValue(), 'Pendant la coupure')
  })

  test('CAM-2: a file from a French spreadsheet is read in the page: what was understood is said, only the numbers are sent', async () => {
    signedIn()
    service.on(`GET ${one(draft)}`, { body: draft })
    service.on(`POST ${one(draft)}/targets/preview`, ({ body }) => ({
      body: 'sirets' in body ? stub.pastedPreview() : stub.preview(),
    }))
    await open(`/campagnes/${draft.id}/preparer/etablissements?par=siret`, 768)
    const field = page().getByLabel(/^Fichier de SIRET/)
    await field.setInputFiles({
      name: 'adhérents.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'Nom;Siret;Téléphone\r\nÉpi doré;900 000 001 00011;05\r\nScierie;90000000200011;05\r\n',
        'latin1',
      ),
    })
    await text(/séparé par des points-virgules, SIRET lus dans la colonne 2 \(« Siret »\), caractères Windows-1252/)
    await text('4 lignes non ajoutées')
    await sound('preparer-2-fichier-768')
    assert.deepEqual(sentTo('/preview')!.body, { sirets: ['', '90000000100011', '90000000200011'] })
    await field.setInputFiles({
      name: 'adherents.xls',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from([0xd0, 0xcf, 3, 4]),
    })
    await text(/C’est un classeur d’un ancien format/)
    await sound('preparer-2-ancien-classeur-768')
  })

  test('CAM-2: a workbook is read in the page as it is: the column of SIRETs is found, their digits whole', async () => {
    signedIn()
    service.on(`GET ${one(draft)}`, { body: draft })
    service.on(`POST ${one(draft)}/targets/preview`, ({ body }) => ({
      body: 'sirets' in body ? stub.pastedPreview() : stub.preview(),
    }))
    await open(`/campagnes/${draft.id}/preparer/etablissements?par=siret`, 768)
    const field = page().getByLabel(/^Fichier de SIRET/)
    const rows = [
      ['Épi doré', 90000000100011],
      ['Scierie', '900 000 002 00011'],
    ]
    const table = { title: 'Adhérents', head: ['Nom', 'Siret'], closing: () => [] }
    const pagesOfRows = (async function* () {
      yield rows
    })()
    await field.setInputFiles({
      name: 'adherents.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: await buffer(xlsxTable({ ...table, pages: pagesOfRows }, new Date('2026-11-27T10:00:00Z'))),
    })
    await text(/première feuille du classeur, SIRET lus dans la colonne 2 \(« Siret »\)/)
    await text('4 lignes non ajoutées')
    assert.deepEqual(sentTo('/preview')!.body, { sirets: ['', '90000000100011', '90000000200011'] })
    await sound('preparer-2-classeur-768')
    await field.setInputFiles({
      name: 'casse.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from([0x50, 0x4b, 3, 4]),
    })
    await text('Ce classeur ne se lit pas. Enregistrez la feuille en .xlsx')
  })

  test('CAM-2: by recent and expected hires and needs, for who reads recruitment cards; a wrong number adds nothing', async () => {
    const me = stub.me('pilote')
    service.on('GET /me', { body: { ...me, rights: [...me.rights, readsHires] } })
    lists()
    service.on(`GET ${one(draft)}`, { body: draft })
    service.on(`POST ${one(draft)}/targets/preview`, { body: stub.preview() })
    await open(`/campagnes/${draft.id}/preparer/etablissements`)
    await page().getByRole('button', { name: 'Ajouter ces 412 établissements' }).waitFor()
    await page()
      .getByLabel(/^Besoin noté/)
      .selectOption({ label: 'Un besoin de recrutement en cours' })
    await page().getByText('Embauches récentes', { exact: true }).press('Enter')
    const least = page().getByLabel(/^Embauches des douze derniers mois, au moins/)
    await least.fill('trois')
    await text('Un nombre entier, de 1 à 99\u00a0999.')
    await page().getByRole('button', { name: 'Rien à ajouter' }).waitFor()
    await least.fill('3')
    await page().getByRole('checkbox', { name: 'CDI' }).press('Space')
    await page().getByRole('checkbox', { name: 'Alternance' }).press('Space')
    await text('Embauches récentes (3 au moins)')
    await page().getByText('Embauches attendues', { exact: true }).press('Enter')
    const expected = page().getByLabel(/^Embauches attendues d’ici trois mois, au moins/)
    await expected.fill('-5')
    await page().getByRole('button', { name: 'Rien à ajouter' }).waitFor()
    await expected.fill('5')
    await text('Embauches attendues (5 au moins)')
    await page().waitForFunction(() => !document.body.innerText.includes('Comptage'))
    await soundAtEveryWidth('preparer-embauches')
    assert.deepEqual(sentTo('/targets/preview')!.body, {
      criteria: {
        need: 'recrutement',
        hires: { classes: ['cdi', 'work-study'], atLeast: 3 },
        expectedHires: 5,
        employer: true,
      },
    })
    signedIn()
    await open(`/campagnes/${draft.id}/preparer/etablissements`)
    await page()
      .getByLabel(/^Besoin noté/)
      .waitFor()
    assert.equal(
      await page()
        .getByText(/^Embauches (récentes|attendues)/)
        .count(),
      0,
    )
  })

  test('CAM-2, REC-4: a campaign is built from expected hires: previewed, then its targets are added', async () => {
    const me = stub.me('pilote')
    service.on('GET /me', { body: { ...me, rights: [...me.rights, readsHires] } })
    lists()
    service.on(`GET ${one(draft)}`, { body: draft })
    service.on(`POST ${one(draft)}/targets/preview`, { body: stub.preview() })
    service.on(`POST ${one(draft)}/targets`, {
      body: {
        outcomes: { counts: { ...stub.noOutcome, added: 412 }, lines: [] },
        campaign: { ...draft, counts: { targets: 412, contacted: 0, undecided: 0 } },
      },
    })
    await open(`/campagnes/${draft.id}/preparer/etablissements`)
    await page().getByText('Embauches attendues', { exact: true }).press('Enter')
    await page()
      .getByLabel(/^Embauches attendues d’ici trois mois, au moins/)
      .fill('20')
    await text('Embauches attendues (20 au moins)')
    await page().waitForFunction(() => !document.body.innerText.includes('Comptage'))
    await page().getByRole('button', { name: 'Ajouter ces 412 établissements' }).press('Enter')
    await text(/412.établissements ajoutés/)
    assert.deepEqual(sentTo('/targets')!.body, { criteria: { expectedHires: 20, employer: true } })
    await sound('preparer-attendues')
  })

  test('CAM-2, REC-3: by services of the operator that targets used, or did not use for a year', async () => {
    signedIn()
    lists()
    service.on(`GET ${one(draft)}`, { body: draft })
    service.on(`POST ${one(draft)}/targets/preview`, { body: stub.preview() })
    await open(`/campagnes/${draft.id}/preparer/etablissements`)
    await page().getByRole('button', { name: 'Ajouter ces 412 établissements' }).waitFor()
    await page().getByText('Services de l’opérateur', { exact: true }).press('Enter')
    await page()
      .getByLabel(/^Services de l’opérateur/)
      .selectOption({ label: 'Jamais utilisés' })
    await page().getByRole('checkbox', { name: 'Immersion (PMSMP)' }).press('Space')
    await text('Services de l’opérateur (jamais utilisés)')
    await page().waitForFunction(() => !document.body.innerText.includes('Comptage'))
    await soundAtEveryWidth('preparer-services')
    assert.deepEqual(sentTo('/targets/preview')!.body, {
      criteria: { services: { kinds: ['pmsmp'], notUsedSince: '2000-01-01' }, employer: true },
    })
  })

  test('CAM-2: one by one, an establishment is searched then added, and its outcome said', async () => {
    signedIn()
    service.on(`GET ${one(draft)}`, { body: draft })
    service.on('GET /establishments', {
      body: { items: [0, 1].map(number => ({ ...stub.line(number), position: null })), next: null, understood: '' },
    })
    service.on(`POST ${one(draft)}/targets`, ({ body }) => ({
      body: {
        outcomes: {
          counts: { ...stub.noOutcome, [body.sirets[0] === stub.line(0).siret ? 'added' : 'outside-territory']: 1 },
          lines: [],
        },
        campaign: { ...draft, counts: { targets: 1, contacted: 0, undecided: 0 } },
      },
    }))
    await open(`/campagnes/${draft.id}/preparer/etablissements?par=main`, 320)
    for (const [name, outcome] of [
      ['GARONNE BOIS', 'ajouté'],
      ['CHAI DES TILLEULS', 'hors du territoire'],
    ] as const) {
      await page()
        .getByLabel(/^Établissement/)
        .fill('bois')
      await page().getByRole('option', { name }).click()
      await page().getByRole('cell', { name: outcome }).waitFor()
    }
    await sound('preparer-2-main-choisis-320')
  })

  test('UX-5: who may not prepare it reads why and who can; an unknown one is not found', async () => {
    signedIn('conseiller')
    service.on(`GET ${one(draft)}`, { body: { ...draft, allowed: [] } })
    await open(`/campagnes/${draft.id}/preparer/objet`, 320)
    await text(/Seuls les pilotes de la CC Jalle-Eau-Bourde/)
    await sound('preparer-reserve-320')
    service.on(
      `GET ${one(draft)}`,
      refusal(404, 'not-found', 'Introuvable', 'Cette page ou cette fiche n’existe pas, ou ne vous est pas ouverte.'),
    )
    await open(`/campagnes/${draft.id}/preparer`, 768)
    await page().getByRole('heading', { name: 'Introuvable', level: 1 }).waitFor()
    await sound('campagne-introuvable-768')
  })
})

describe('a campaign', () => {
  const shown = (campaign: stub.Campaign = opened) => {
    service.on(`GET ${one(campaign)}`, { body: campaign })
    service.on(`GET ${one(campaign)}/targets`, ({ search }) => ({
      body: search.get('after') ? stub.moreTargets() : stub.targets(),
    }))
    service.on(`GET ${one(campaign)}/target-counts`, { body: stub.targetCounts() })
    service.on(`GET ${one(campaign)}/sharings`, { body: { items: [], next: null, allowed: ['share-out'] } })
    service.on(`GET ${one(campaign)}/progress`, { body: stub.progress() })
    service.on(`GET ${one(campaign)}/events`, { body: stub.events() })
  }

  test('UX-1: its three tabs are sound at three widths', async () => {
    signedIn()
    shown()
    await open(`/campagnes/${opened.id}`)
    await text('GARONNE BOIS')
    await soundAtEveryWidth('campagne-cibles')
    await page().getByRole('tab', { name: 'Avancement' }).click()
    await text('À jour à 14 h 32')
    await soundAtEveryWidth('campagne-avancement')
    await page().getByRole('tab', { name: 'Réglages' }).click()
    await page().getByRole('button', { name: 'Clore la campagne' }).waitFor()
    await soundAtEveryWidth('campagne-reglages')
  })

  test('CAM-1: its settings say when it was created and by whom, also to who may change nothing', async () => {
    signedIn('conseiller')
    // Already the next day in Paris.
    shown(stub.campaign({ createdAt: '2026-09-14T22:30:00Z', allowed: ['work-targets'] }))
    await open(`/campagnes/${opened.id}?onglet=reglages`, 320)
    await text('le 15 septembre 2026 par Inès Garat')
    await sound('campagne-creee-320')
  })

  test('CAM-1: duplicated, it leads to the draft of the copy', async () => {
    signedIn()
    lists()
    shown({ ...opened, allowed: [...opened.allowed, 'duplicate'] })
    service.on(`POST ${one(opened)}/duplicate`, ({ body }) => ({
      body: stub.draft({ name: body.name, startsOn: body.startsOn, endsOn: body.endsOn, step: 'objet' }),
    }))
    await open(`/campagnes/${opened.id}?onglet=reglages`, 768)
    await page().getByRole('button', { name: 'Dupliquer la campagne' }).click()
    await page().getByRole('dialog', { name: 'Dupliquer la campagne' }).waitFor()
    await page()
      .getByLabel(/Reprendre aussi ses/)
      .press('Space')
    await sound('campagne-dupliquer-768')
    await page().getByRole('button', { name: 'Dupliquer', exact: true }).click()
    await page().waitForURL(`**/campagnes/${draft.id}/preparer/objet`)
    const sent = sentTo('/duplicate')!.body
    assert.deepEqual([sent.name, sent.withTargets], ['Apprentissage dans le bâtiment (copie)', true])
  })

  test('CAM-8: filters are in the address, the list goes on from where it stopped, with the focus', async () => {
    signedIn()
    shown()
    await open(`/campagnes/${opened.id}?statut=besoin&miennes=1&q=bois`)
    await text('GARONNE BOIS')
    const asked = service.calls.findLast(({ path, method }) => method === 'GET' && path.endsWith('/targets'))!.search
    assert.deepEqual([asked.get('status'), asked.get('mine'), asked.get('q')], ['besoin', 'true', 'bois'])
    await page().getByRole('button', { name: 'Afficher la suite' }).press('Enter')
    await text('CLINIQUE DES PINS')
    await page().waitForFunction(() => document.activeElement?.textContent === 'CLINIQUE DES PINS')
    assert.equal(await page().getByRole('button', { name: 'Afficher la suite' }).count(), 0)
    await page().getByRole('checkbox', { name: 'Les miennes' }).press('Space')
    await page().waitForURL(url => url.searchParams.get('miennes') === null)
  })

  test('CAM-3: an advisor takes a target, gives it back, and finds it taken by another', async () => {
    signedIn('conseiller')
    shown()
    const path = `${one(opened)}/targets/${stub.line(2).siret}`
    service.on(`POST ${path}/take`, {
      body: stub.target(2, {
        status: 'prise-en-charge',
        takenBy: { id: stub.me().account.id, name: 'Inès Garat', organisationId: stub.organisations.jalle.id },
        allowed: ['release', 'record'],
      }),
    })
    service.on(`POST ${path}/release`, { body: stub.target(2) })
    await open(`/campagnes/${opened.id}`, 320)
    const row = page().getByRole('row', { name: /ATELIER DU PONT LONG/ })
    await row.getByRole('button', { name: /Je m’en occupe/ }).press('Enter')
    await row.getByText(/^Vous/).waitFor()
    await page()
      .locator('[role=status]', { hasText: 'ATELIER DU PONT LONG : vous vous en occupez.' })
      .waitFor({ state: 'attached' })
    await row.getByRole('button', { name: /Rendre/ }).press('Enter')
    await row.getByRole('button', { name: /Je m’en occupe/ }).waitFor()
    service.on(
      `POST ${path}/take`,
      refusal(
        409,
        'target/taken-by-other',
        'Déjà pris en charge',
        'Une autre personne s’occupe déjà de cet établissement.',
      ),
    )
    await row.getByRole('button', { name: /Je m’en occupe/ }).press('Enter')
    await page().getByRole('heading', { name: 'Déjà pris en charge' }).waitFor()
    await sound('campagne-deja-prise-320')
  })

  test('CAM-3: a target is set aside with a reason, by keyboard', async () => {
    signedIn()
    shown()
    const setAside = `POST ${one(opened)}/targets/${stub.line(2).siret}/set-aside`
    service.lose(setAside) // the answer of the first attempt never comes
    await open(`/campagnes/${opened.id}`)
    const row = page().getByRole('row', { name: /ATELIER DU PONT LONG/ })
    await row.getByRole('link').press('Enter')
    const beside = page().getByRole('region', { name: 'ATELIER DU PONT LONG' })
    await beside.getByRole('button', { name: /Mettre de côté/ }).press('Enter')
    await page().getByRole('dialog').waitFor()
    await page().keyboard.press('Control+Enter')
    await text('Renseignez « Motif ».')
    await sound('campagne-mettre-de-cote-1440')
    await page()
      .getByRole('dialog')
      .getByLabel(/^Motif/)
      .fill('Entreprise en cours de fermeture')
    await page().keyboard.press('Control+Enter')
    await page().locator('.cc-form__summary', { hasText: 'Connexion perdue' }).waitFor()
    service.on(setAside, ({ body }) => ({
      body: stub.target(2, { status: 'ecarte', setAsideReason: body.reason, allowed: [] }),
    }))
    await page().keyboard.press('Control+Enter')
    for (const where of [row, beside]) await where.getByText('Entreprise en cours de fermeture').waitFor()
    const keys = service.calls
      .filter(({ path }) => path.endsWith('/set-aside'))
      .map(({ headers }) => headers['idempotency-key'])
    assert.ok(keys.length >= 2 && keys[0])
    assert.equal(new Set(keys).size, 1, 'after a lost answer it is the same intention: one key')
  })

  test('CAM-5: « n » on a line records an exchange with it, over the list', async () => {
    signedIn()
    shown()
    await open(`/campagnes/${opened.id}`)
    await page().getByRole('link', { name: 'CHAI DES TILLEULS', exact: true }).focus()
    await page().keyboard.press('n')
    const panel = page().getByRole('dialog', { name: 'Enregistrer un échange' })
    await page().getByRole('region', { name: 'CHAI DES TILLEULS' }).getByRole('dialog').waitFor()
    await page().keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    assert.equal(await focused(), 'CHAI DES TILLEULS')
  })

  test('CAM-1: closing, reopening and archiving ask first; only what the service allows is offered', async () => {
    signedIn()
    shown()
    const closed = stub.campaign({
      status: 'closed',
      closedAt: '2026-11-24T13:00:00Z',
      allowed: ['decide-conflicts', 'reopen', 'archive'],
    })
    service.on(`POST ${one(opened)}/close`, { body: closed })
    await open(`/campagnes/${opened.id}?onglet=reglages`)
    await page().getByRole('button', { name: 'Clore la campagne' }).press('Enter')
    await page().getByRole('dialog', { name: 'Clore la campagne ?' }).waitFor()
    await sound('campagne-clore-1440')
    await page().getByRole('dialog').getByRole('button', { name: 'Clore la campagne' }).press('Enter')
    await page().getByRole('button', { name: 'Rouvrir la campagne' }).waitFor()
    await page().getByRole('button', { name: 'Archiver la campagne' }).waitFor()
    await page().locator('[role=status]', { hasText: 'La campagne est close.' }).waitFor({ state: 'attached' })
    await sound('campagne-close-1440')
    // What was taken meanwhile is decided before reopening.
    service.on(`GET ${one(opened)}`, { body: { ...closed, counts: { ...closed.counts, undecided: 2 } } })
    service.on(`GET ${one(opened)}/conflicts`, { body: stub.conflicts() })
    service.on(
      `POST ${one(opened)}/reopen`,
      refusal(409, 'campaign/undecided-conflicts', 'Conflits à trancher', 'Des établissements sont déjà suivis.'),
    )
    await page().getByRole('button', { name: 'Rouvrir la campagne' }).press('Enter')
    await page().getByRole('dialog').getByRole('button', { name: 'Rouvrir la campagne' }).press('Enter')
    await page().getByRole('link', { name: 'Décider de ces établissements' }).press('Enter')
    await page().getByRole('link', { name: 'Revenir à la campagne pour la rouvrir' }).waitFor()
    await sound('campagne-rouvrir-conflits-1440')
    // Closed by itself after its last day: it reopens with a new one.
    const ended = { ...closed, startsOn: '2026-09-01', endsOn: '2026-11-09' }
    let asked: unknown
    service.on(`GET ${one(opened)}`, { body: ended })
    service.on(`POST ${one(opened)}/reopen`, ({ body }) => {
      asked = body
      return { body: { ...ended, ...body, status: 'open' } }
    })
    await open(`/campagnes/${opened.id}?onglet=reglages`)
    await page().getByRole('button', { name: 'Rouvrir la campagne' }).press('Enter')
    await page().getByRole('dialog').getByText('Le sien, le 9 novembre 2026, est passé.').waitFor()
    await sound('campagne-rouvrir-dernier-jour-1440')
    const lastDay = await page().getByRole('dialog').getByLabel('Nouveau dernier jour').inputValue()
    await page().getByRole('dialog').getByRole('button', { name: 'Rouvrir la campagne' }).press('Enter')
    await page().locator('[role=status]', { hasText: 'La campagne est rouverte.' }).waitFor({ state: 'attached' })
    assert.deepEqual(asked, { endsOn: lastDay })
    signedIn('conseiller')
    shown(stub.campaign({ allowed: ['work-targets'] }))
    await open(`/campagnes/${opened.id}?onglet=reglages`, 320)
    await text(/Seuls les pilotes de la CC Jalle-Eau-Bourde/)
    assert.equal(await page().getByRole('button', { name: 'Clore la campagne' }).count(), 0)
  })

  test('CAM-8: progress is read again at each visit and on demand', async () => {
    signedIn()
    shown()
    await open(`/campagnes/${opened.id}?onglet=avancement`)
    await text('À jour à 14 h 32')
    service.on(`GET ${one(opened)}/progress`, { body: stub.progress({ contacted: 43, asOf: '2026-11-24T13:40:00Z' }) })
    await page().getByRole('button', { name: 'Actualiser' }).press('Enter')
    await text('À jour à 14 h 40')
    await page().locator('[role=status]', { hasText: 'L’avancement est à jour.' }).waitFor({ state: 'attached' })
    service.on(`GET ${one(opened)}/progress`, { body: stub.progress({ contacted: 44, asOf: '2026-11-24T13:45:00Z' }) })
    await page().getByRole('tab', { name: 'Cibles' }).click()
    await page().getByRole('tab', { name: 'Avancement' }).click()
    await text('À jour à 14 h 45')
  })

  test('UX-5: empty lists and faults are said', async () => {
    signedIn()
    shown()
    service.on(`GET ${one(opened)}/targets`, { body: { items: [], next: null, total: 0 } })
    await open(`/campagnes/${opened.id}?statut=besoin`, 768)
    await text('Aucune cible ne correspond')
    await sound('campagne-sans-cible-768')
    service.on(
      `GET ${one(opened)}/targets`,
      refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.'),
    )
    await open(`/campagnes/${opened.id}`, 320)
    await text('Erreur du service')
    await sound('campagne-erreur-320')
  })
})

describe('territories', () => {
  test('TER-2: a CLPE with its alias, communes, editions and task force, at three widths', async () => {
    signedIn()
    service.on('GET /territories/10001', { body: stub.territory() })
    service.on('GET /territories/10001/task-force', { body: stub.taskForce() })
    lists()
    await open('/territoires/10001')
    await text('Secteurs sensibles')
    await page().locator('summary', { hasText: 'CC de Montesquieu' }).click()
    await soundAtEveryWidth('territoire')
    await open('/territoires')
    await text('« Cœur de Gironde »')
    await soundAtEveryWidth('territoires')
  })

  test('TER-2: the task force edited by two at once: the second sees the difference', async () => {
    signedIn()
    lists()
    service.on('GET /territories/10001', { body: stub.territory() })
    service.on('GET /territories/10001/task-force', { body: stub.taskForce() })
    service.on('PUT /territories/10001/task-force', ({ headers, body }) =>
      headers['if-match'] === '"5"'
        ? {
            body: stub.taskForce({
              version: 6,
              sensitiveSectors: body.sensitiveSectors.map((division: string) => ({ division, label: division })),
            }),
          }
        : refusal(
            412,
            'request/changed-meanwhile',
            'Modifié entre-temps',
            'Une autre personne a modifié cette fiche.',
            { current: stub.taskForce({ version: 5, members: [stub.organisations.france, stub.organisations.jalle] }) },
          ),
    )
    await open('/territoires/10001', 768)
    await page().getByRole('button', { name: 'Modifier' }).waitFor()
    await page().keyboard.press('e')
    await page()
      .getByRole('dialog', { name: /Task force/ })
      .waitFor()
    await page().getByText('Modifier le choix').click()
    await page()
      .getByLabel(/Filtrer la nomenclature/)
      .fill('restauration')
    await page().getByRole('checkbox', { name: '56 Restauration' }).press('Space')
    await page().getByRole('button', { name: 'Enregistrer', exact: true }).click()
    await page().getByText('Enregistré entre-temps').waitFor()
    await sound('task-force-difference-768')
    await page().getByRole('button', { name: 'Enregistrer ma saisie' }).press('Enter')
    await page().getByRole('dialog').waitFor({ state: 'detached' })
    assert.deepEqual(sentTo('/task-force')!.body.sensitiveSectors, ['43', '88', '56'])
  })

  test('UX-5: without the right to edit, who can; without a task force, what will be there', async () => {
    signedIn('conseiller')
    service.on('GET /territories/10001', { body: stub.territory() })
    service.on('GET /territories/10001/task-force', { body: stub.taskForce({ allowed: [] }) })
    await open('/territoires/10001', 320)
    await text(/Seuls les pilotes de France Travail/)
    assert.equal(await page().getByRole('button', { name: 'Modifier' }).count(), 0)
    service.on(
      'GET /territories/10001/task-force',
      refusal(404, 'not-found', 'Introuvable', 'Cette page n’existe pas.'),
    )
    await open('/territoires/10001', 320)
    await text('Pas de task force connue sur ce territoire')
    await sound('territoire-sans-task-force-320')
  })
})
