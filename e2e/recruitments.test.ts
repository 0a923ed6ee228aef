import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Reply } from '../contract/route.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import {
  getCompanyRecruitment,
  getRecruitment,
  getRecruitmentSummary,
  type HiringKind,
  hiringKinds,
} from '../contract/territory-and-register/recruitments.ts'
import { listRecruitmentServices } from '../contract/work-with-employers/services/services.ts'
import { answerCard, epci, id, line, me, mine } from './employer-stub.ts'
import { pagesUnderTest } from './pages.ts'
import { refusal } from './stub-service.ts'

const pages = await pagesUnderTest()
const { service, page, open, shoot, soundAtEveryWidth } = pages
after(() => pages.stop())

const { siret } = line()
const address = `/etablissements/${siret}/recrutements`
type Counts = Record<HiringKind, number>
const counts = (over: Partial<Counts> = {}): Counts => ({
  ...(Object.fromEntries(hiringKinds.map(kind => [kind, 0])) as Counts),
  ...over,
})
const months = Array.from({ length: 36 }, (_, n) => {
  const year = 2023 + Math.floor((n + 11) / 12)
  const month = ((n + 11) % 12) + 1
  const of = counts({ cdi: 1, 'cdd-short': month === 7 ? 9 : 1, apprentissage: month === 9 ? 2 : 0 })
  return {
    month: `${year}-${String(month).padStart(2, '0')}`,
    brought: n > 0,
    total: Object.values(of).reduce((a, b) => a + b, 0),
    counts: of,
  }
})
const period = (some: typeof months, missing: number) => {
  const sum = counts()
  for (const month of some) for (const kind of hiringKinds) sum[kind] += month.counts[kind]
  return {
    first: some[0]!.month,
    last: some.at(-1)!.month,
    missing,
    total: some.reduce((n, m) => n + m.total, 0),
    counts: sum,
    durable: sum.cdi + sum['cdd-long'],
    other: sum['cdd-medium'] + sum['cdd-short'] + sum.ctt,
    workStudy: sum.apprentissage + sum.professionnalisation,
  }
}
const sameMonths = (month: string, first: number, hires: number) =>
  [0, 1, 2].map(n => ({ month: `${first + n}-${month}`, hires: hires + n }))
const card: Reply<typeof getRecruitment> = {
  siret,
  coverage: 'covered',
  asOf: '2026-11-30',
  receivedOn: '2026-12-01',
  name: line().name,
  sign: line().sign,
  town: line().town,
  active: true,
  activity: line().activity,
  group: '43.9',
  companyEstablishments: 26,
  months,
  twelve: period(months.slice(-12), 0),
  thirtySix: period(months, 1),
  trend: { last: 34, before: 40 },
  seasonality: Array.from({ length: 12 }, (_, n) => ({ month: n + 1, mean: n === 6 ? 10 : 2.3 })),
  compared: {
    year: 2025,
    territory: epci,
    establishments: 14,
    group: { durable: 120, other: 180 },
    own: { durable: 12, other: 20 },
    before: { group: 290, own: 30 },
  },
  forecast: {
    silence: null,
    months: [
      { month: '2026-12', expected: 2, low: 0, high: 5, isHigh: false, past: sameMonths('12', 2023, 2) },
      { month: '2027-01', expected: 2, low: 0, high: 5, isHigh: false, past: sameMonths('01', 2024, 2) },
      { month: '2027-02', expected: 3, low: 1, high: 6, isHigh: false, past: sameMonths('02', 2024, 2) },
      { month: '2027-03', expected: 3, low: 1, high: 6, isHigh: false, past: sameMonths('03', 2024, 2) },
      { month: '2027-04', expected: 5, low: 2, high: 8, isHigh: true, past: sameMonths('04', 2024, 4) },
      { month: '2027-05', expected: 9, low: 5, high: 14, isHigh: true, past: sameMonths('05', 2024, 8) },
    ],
    three: { expected: 7, low: 3, high: 12, first: '2026-12', last: '2027-02' },
    proof: {
      first: '2024-12',
      last: '2026-11',
      months: 24,
      error: 1.2,
      errorOfSameMonth: 1.9,
      errorOfMean: 2.4,
      within: 21,
      announced: 4,
      verified: 3,
      unannounced: 1,
    },
  },
}
const { siren } = line()
const towns = ['Cestas', 'SAINT-JEAN-D’ILLAC', 'La Brède', 'MARTIGNAS-SUR-JALLE']
const company: Reply<typeof getCompanyRecruitment> = {
  siren,
  coverage: card.coverage,
  asOf: card.asOf,
  receivedOn: card.receivedOn,
  name: card.name,
  months,
  twelve: card.twelve,
  thirtySix: card.thirtySix,
  trend: card.trend,
  seasonality: card.seasonality,
  establishments: {
    items: Array.from({ length: 20 }, (_, n) => ({
      siret: `${siren}${String(n * 11 + 74).padStart(5, '0')}`,
      name: n === 3 ? null : line().name,
      sign: null,
      town: towns[n % 4]!,
      active: n !== 5,
      headOffice: n === 0,
      covered: n !== 19,
      ...(n === 19
        ? { total: null, durable: null, other: null }
        : { total: 80 - 4 * n, durable: 20 - n, other: 60 - 3 * n }),
    })),
    others: { establishments: 4, total: 3, durable: 1, other: 2 },
    uncovered: 2,
    closed: 3,
    outside: 12,
  },
}
const right = {
  tool: 'fiche-recrutement',
  profile: 'consultation',
  territory: epci,
  reason: 'recrutement',
  since: '2026-03-03',
  until: null,
} as const
const told = { kind: 'preselection', usedOn: '2026-05-04', endedOn: null, result: 'abouti', words: null } as const
const used: Reply<typeof listRecruitmentServices> = {
  items: Array.from({ length: 6 }, (_, n) => ({
    id: id(`a${n}`),
    siret,
    establishmentName: line().name,
    ...told,
    source: 'import',
    organisation: n === 0 ? mine : null,
    author: null,
    recordedAt: '2026-06-01T08:00:00Z',
    withdrawnAt: null,
    version: 1,
    history: [],
    allowed: [],
  })),
  total: 6,
  use: 'faithful',
  mayEnter: false,
}
const held = () => service.reply(getMe, {}, me({ rights: [...me().rights, right] }))
const summary: Reply<typeof getRecruitmentSummary> = {
  siret,
  coverage: 'covered',
  asOf: '2026-11-30',
  total: card.twelve!.total,
  durable: card.twelve!.durable,
  other: card.twelve!.other,
  next: card.forecast!.three,
}

/** How many pages of A4 it takes, within the margins of a printer. `SHOTS` keeps what the first looks like. */
const sheets = async (name: string) => {
  const pdf = await page().pdf({ format: 'A4', margin: { top: '1cm', bottom: '1cm', left: '1cm', right: '1cm' } })
  if (process.env['SHOTS']) {
    await page().setViewportSize({ width: 718, height: 1047 })
    await page().emulateMedia({ media: 'print' })
    await shoot(name)
    await page().emulateMedia({ media: null })
  }
  return pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length
}

test('REC-2: from the line on the card of an employer, its recruitments are read: figures, charts and their tables', async () => {
  answerCard(service)
  held()
  service.reply(getRecruitmentSummary, { siret }, summary)
  service.reply(getRecruitment, { siret }, card)
  await open(`/etablissements/${siret}`)
  await page().getByText('embauches déclarées sur les douze derniers mois', { exact: false }).waitFor()
  await page().getByRole('link', { name: 'Fiche de recrutement' }).press('Enter')
  await page()
    .getByRole('heading', { level: 1, name: `Recrutements : ${line().name}` })
    .waitFor()
  for (const text of [
    'Données au 30 novembre 2026',
    'Une DPAE est une intention d’embauche',
    '1 mois n’a été apporté par aucun fichier',
    'Les embauches se concentrent en juillet.',
    '38 % d’embauches durables ici, 40 % dans la même activité (groupe 43.9).',
  ])
    await page()
      .getByText(new RegExp(text.replaceAll(' ', '[ \\u00a0]').replaceAll('(', '\\(').replaceAll(')', '\\)')))
      .first()
      .waitFor()
  await page().locator('.cc-recruitment .cc-plot').nth(2).waitFor()
  await soundAtEveryWidth('recrutements')
  await page()
    .getByRole('button', { name: /^Voir le tableau : Mois par mois/ })
    .press('Enter')
  const table = page().getByRole('table', { name: /^Embauches déclarées, de décembre 2023/ })
  await table.waitFor()
  assert.equal(await table.getByRole('row').count(), 37)
  assert.match((await table.getByRole('row').nth(1).textContent())!, /décembre 2023.*non reçu/)
  await soundAtEveryWidth('recrutements-tableau')
})

test('REC-2, REC-3, POR-5: the recruitment card is printed on one page, its charts drawn, with the services used', async () => {
  held()
  service.reply(listRecruitmentServices, { siret }, used)
  service.reply(getRecruitment, { siret }, card)
  await open(address)
  await page().locator('.cc-recruitment .cc-plot').nth(2).waitFor()
  await page().getByRole('heading', { name: 'Services de l’opérateur utilisés' }).waitFor()
  await page().getByText('employeur fidèle').waitFor()
  assert.equal(await sheets('recrutements-imprimes'), 1)
})

test('REC-4: the months when it may hire next are read, with what they counted before and how often that was right', async () => {
  answerCard(service)
  held()
  service.reply(getRecruitmentSummary, { siret }, summary)
  service.reply(getRecruitment, { siret }, card)
  await open(`/etablissements/${siret}`)
  const read = (text: string) =>
    page()
      .getByText(new RegExp(text.replaceAll(' ', '[ \\u00a0\\u202f]')))
      .first()
      .waitFor()
  await read('Environ 7 embauches probables de décembre 2026 à février 2027, entre 3 et 12.')
  await open(address)
  for (const text of [
    'Forte embauche probable en avril 2027 et mai 2027.',
    'Éprouvée sur 24 mois passés, de décembre 2024 à novembre 2026',
    'Elle a annoncé 4 mois de forte embauche : 3 se sont vérifiés. 1 mois de forte embauche est venu sans être annoncé.',
    '21 mois sur 24 sont tombés dans la fourchette.',
    'Elle s’est trompée de 1,2 embauche par mois',
    'Ce n’est pas une certitude',
  ])
    await read(text)
  await page()
    .getByRole('button', { name: /^Voir le tableau : Prochaines embauches probables/ })
    .press('Enter')
  const table = page().getByRole('table', { name: /^Embauches probables des six prochains mois/ })
  await table.waitFor()
  assert.match(
    (await table.getByRole('row').nth(6).textContent())!,
    /mai 2027.*9.*5 à 14.*8 en 2024, 9 en 2025, 10 en 2026/,
  )
  await soundAtEveryWidth('recrutements-prevision')
})

test('REC-4: where a forecast does no better than last year or the mean, nothing is told, and why is said', async () => {
  held()
  const { proof } = card.forecast!
  service.reply(
    getRecruitment,
    { siret },
    { ...card, forecast: { silence: 'not-better', months: [], three: null, proof: { ...proof!, error: 2.2 } } },
  )
  await open(address)
  await page().getByText('Rien n’est annoncé.', { exact: false }).waitFor()
  await page().getByText('Elle s’est trompée de 2,2', { exact: false }).waitFor()
  assert.equal(await page().locator('.cc-next-hires').count(), 0)
  await soundAtEveryWidth('recrutements-sans-prevision')
})

test('REC-2: an agricultural employer is « non couvert (MSA) », and shows no naught', async () => {
  held()
  service.reply(
    getRecruitment,
    { siret },
    {
      ...card,
      coverage: 'msa',
      months: [],
      twelve: null,
      thirtySix: null,
      trend: null,
      seasonality: null,
      compared: null,
      forecast: null,
    },
  )
  await open(address)
  await page().getByText('Non couvert (MSA)', { exact: true }).first().waitFor()
  assert.equal(await page().locator('.cc-figure').count(), 0)
  await soundAtEveryWidth('recrutements-msa')
})

test('REC-2: the card of a closed establishment says that what it shows is past', async () => {
  held()
  service.reply(
    getRecruitment,
    { siret },
    { ...card, active: false, forecast: { silence: 'closed', months: [], three: null, proof: null } },
  )
  await open(address)
  await page().getByText('Établissement fermé : les embauches qu’il avait déclarées', { exact: false }).waitFor()
  await page().getByRole('link', { name: 'Toute l’entreprise' }).waitFor()
  await soundAtEveryWidth('recrutements-ferme')
})

test('REC-2: where a comparison would tell of one company, why there is none is said', async () => {
  held()
  service.reply(getRecruitment, { siret }, { ...card, compared: null })
  await open(address)
  await page().getByText('laisserait deviner les embauches de l’une d’elles', { exact: false }).waitFor()
})

test('REC-2, UX-1: without the tool the card has no line of it, and its page is refused with what to ask', async () => {
  answerCard(service)
  let asked = 0
  service.reply(getRecruitmentSummary, { siret }, () => {
    asked++
    return summary
  })
  await open(`/etablissements/${siret}`)
  await page().getByRole('heading', { name: 'Campagnes du réseau' }).waitFor()
  assert.deepEqual([await page().getByRole('heading', { name: 'Embauches' }).count(), asked], [0, 0])
  service.on(
    `GET /establishments/${siret}/recruitment`,
    refusal(
      403,
      'access/no-grant',
      'Habilitation manquante',
      'Votre compte n’a pas d’habilitation pour cette action. Adressez-vous au responsable de gestion de comptes (RGC) de votre structure.',
    ),
  )
  await open(address)
  await page().getByText('Habilitation manquante').waitFor()
  await page().getByText('responsable de gestion de comptes', { exact: false }).first().waitFor()
  await page().getByRole('link', { name: 'Mes droits' }).first().waitFor()
  await soundAtEveryWidth('recrutements-refus')
})

test('EST-12, REC-2: from the card of one establishment, the recruitments of its whole company are read, one by one, and one comes back', async () => {
  answerCard(service)
  held()
  service.reply(getRecruitment, { siret }, card)
  service.reply(getCompanyRecruitment, { siren }, company)
  await open(address)
  await page().getByRole('link', { name: 'Toute l’entreprise' }).press('Enter')
  const name = `Recrutements de l’entreprise : ${line().name}`
  await page().getByRole('heading', { level: 1, name }).waitFor()
  assert.equal(await page().title(), `${name} — Campagnes coordonnées`)
  await page().getByRole('heading', { name: 'Quand elle recrute' }).waitFor()
  const table = page().getByRole('table', { name: /^24.établissements de votre périmètre/ })
  assert.match((await table.getByRole('row').nth(1).textContent())!, /GARONNE BOIS.*Cestas.*siège.*80/)
  assert.match((await table.getByRole('row').nth(20).textContent())!, /non couvert \(MSA\)/)
  await page()
    .getByText(/^Les 4 autres ensemble : 3.embauches en douze mois\. Part durable : 33.%\.$/)
    .waitFor()
  for (const text of [
    '2 établissements de votre périmètre déclarent à la MSA : ils ne sont dans aucune de ces sommes',
    'Les trente-six mois comptent aussi 3 établissements fermés depuis.',
  ])
    await page()
      .getByText(new RegExp(text.replaceAll(' ', '[ \\u00a0\\u202f]')))
      .waitFor()
  await page()
    .getByText('12 établissements ouverts de l’entreprise sont hors de votre périmètre', { exact: false })
    .waitFor()
  assert.equal(await page().getByText('À côté de son activité').count(), 0, 'compared with nothing')
  await page().locator('.cc-recruitment .cc-plot').nth(1).waitFor()
  await soundAtEveryWidth('recrutements-entreprise')
  const crumbs = page().locator('.cc-breadcrumb')
  assert.equal(
    await crumbs.getByRole('link', { name: 'Fiche établissement' }).getAttribute('href'),
    `/etablissements/${siret}`,
  )
  await page().getByRole('link', { name: 'Cet établissement' }).press('Enter')
  await page()
    .getByRole('heading', { level: 1, name: `Recrutements : ${line().name}` })
    .waitFor()
})

test('EST-12, POR-5: the recruitments of a company of twenty establishments are printed on one page', async () => {
  held()
  service.reply(getCompanyRecruitment, { siren }, company)
  await open(`${address}/entreprise`)
  await page().locator('.cc-recruitment .cc-plot').nth(1).waitFor()
  assert.equal(await sheets('recrutements-entreprise-imprimes'), 1)
})

test('EST-12: a company of one establishment has no way to the whole', async () => {
  held()
  service.reply(getRecruitment, { siret }, { ...card, companyEstablishments: 1 })
  await open(address)
  await page().locator('.cc-recruitment .cc-plot').nth(1).waitFor()
  assert.equal(await page().getByRole('link', { name: 'Toute l’entreprise' }).count(), 0)
})
