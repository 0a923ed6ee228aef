import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { journeys, leaveConflicts, title } from './journey.ts'

const { service, sound, soundAtEveryWidth, signedIn, withSession } = journeys('recrutement')

/** A firm that hires at two establishments of Claire's perimeter at least. */
const aFirm = async () => {
  const [firm] = await service.sql<{ siret: string; siren: string; hires: number; elsewhere: number }>(
    `with reads as (select g.territory_id from grants g where g.account_id = $1 and g.tool = 'fiche-recrutement'),
      known as (select max((f.counts -> 'days' ->> 1)::date) as as_of from hiring_files f),
      hirer as (
        select e.siren, e.siret, e.epci_id in (select territory_id from reads) as within,
          coalesce(sum(h.hires) filter (where h.month >= (date_trunc('month', k.as_of + 1) - interval '12 months')::date
            and h.month < date_trunc('month', k.as_of + 1)::date), 0)::int as hires
        from known k cross join establishments e left join hirings_by_month h on h.siret = e.siret
        where e.active and e.diffusion = 'O' and left(e.naf, 2) not in ('01', '02', '03')
        group by e.siren, e.siret, e.epci_id)
    select lpad((min(siret) filter (where within))::text, 14, '0') as siret, lpad(siren::text, 9, '0') as siren,
      (sum(hires) filter (where within))::int as hires, (count(*) filter (where not within))::int as elsewhere
    from hirer group by siren having count(*) filter (where within and hires > 0) >= 2
    order by elsewhere desc, siren limit 1`,
    [people.claire.accountId],
  )
  assert.ok(firm, 'the demonstration has such a firm')
  return firm
}

test('EST-12, REC-2, IND-2, POR-5, SEC-1: Claire reads the recruitments of an establishment and of its company, prints them, and is counted; Karim is refused', {
  timeout: 1_200_000,
}, async () => {
  const { siret, siren, hires, elsewhere } = await aFirm()
  const claire = await signedIn(people.claire)
  const { page } = claire
  await page.goto(`/etablissements/${siret}`)
  const siblings = page.locator('section', {
    has: page.getByRole('heading', { name: 'Autres établissements de l’entreprise' }),
  })
  await siblings.getByRole('link', { name: 'Recrutements de l’entreprise' }).waitFor()
  await page.getByRole('link', { name: 'Fiche de recrutement' }).press('Enter')
  await title(page, /^Recrutements : /)
  await page.locator('.cc-recruitment .cc-plot').first().waitFor()
  await soundAtEveryWidth(claire, 'fiche')
  const printed = async () => {
    const pdf = await page.pdf({ format: 'A4', margin: { top: '1cm', bottom: '1cm', left: '1cm', right: '1cm' } })
    return pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length
  }
  assert.equal(await printed(), 1)

  await page.getByRole('link', { name: 'Toute l’entreprise' }).press('Enter')
  await title(page, /^Recrutements de l’entreprise : /)
  await page.locator('.cc-recruitment .cc-plot').first().waitFor()
  const figure = page.locator('.cc-figure', { hasText: 'embauches déclarées en douze mois' })
  assert.equal(Number((await figure.locator('.cc-figure__value').innerText()).replaceAll(/\D/g, '')), hires)
  assert.equal(await page.getByText('hors de votre périmètre').count(), elsewhere > 0 ? 1 : 0)
  await soundAtEveryWidth(claire, 'entreprise')
  assert.equal(await printed(), 1)

  // Readings and use are written apart, every few moments.
  const until = async <T>(ask: () => Promise<T[]>, enough: (rows: T[]) => boolean) => {
    for (const end = Date.now() + 30_000; ; await page.waitForTimeout(200)) {
      const rows = await ask()
      if (enough(rows) || Date.now() > end) return rows
    }
  }
  const trail = await until(
    () =>
      service.sql<{ route: string; siret: string }>(
        `select distinct d.detail ->> 'route' as route, e.subject_id as siret from audit_entries e
          join audit_details d on d.entry_id = e.id
          where e.actor_id = $1 and e.action = 'recruitment.read' and e.subject_id like $2 || '%'`,
        [people.claire.accountId, siren],
      ),
    rows => rows.some(({ route }) => route.startsWith('GET /companies/')),
  )
  assert.ok(trail.some(row => row.route === 'GET /establishments/:siret/recruitment' && row.siret === siret))
  assert.ok(trail.filter(row => row.route === 'GET /companies/:siren/recruitment').length >= 2)
  const used = await until(
    () =>
      service.sql<{ kind: string; count: number }>(
        `select kind, count from usage_days where account_id = $1 and tool = 'fiche-recrutement' order by kind`,
        [people.claire.accountId],
      ),
    rows => rows.length > 1,
  )
  assert.deepEqual(
    used.map(({ kind }) => kind),
    ['fiches-consultees', 'sessions'],
  )

  const karim = await signedIn(people.karim)
  for (const [more, asked] of [
    ['', `/api/establishments/${siret}/recruitment`],
    ['/entreprise', `/api/companies/${siren}/recruitment`],
  ] as const) {
    await karim.page.goto(`/etablissements/${siret}/recrutements${more}`)
    await karim.page.getByText('responsable de gestion de comptes', { exact: false }).first().waitFor()
    assert.equal((await karim.page.request.get(asked)).status(), 403)
    assert.equal(await karim.page.locator('.cc-figure').count(), 0)
    await sound(karim, more ? 'refus-entreprise' : 'refus')
  }
})

const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Paris' })
const campaignName = 'Saison qui vient'
const least = 5
/** Employers of Paul's perimeter whose card expects so many hires; those to leave alone are marked. */
const expectedToHire = () =>
  service.sql<{ siret: string; expected: number; employer: boolean; marked: boolean }>(
    `select lpad(f.siret::text, 14, '0') as siret, f.expected, e.employer,
      exists (select from do_not_contact_marks m where m.siret = f.siret and m.ended_at is null) as marked
    from hiring_forecasts f join establishments e using (siret)
    where f.expected >= $2 and e.active and exists (select from grants g
      where g.account_id = $1 and g.tool = 'fiche-recrutement' and g.territory_id in (e.clpe_id, e.epci_id))
    order by f.expected desc, f.siret`,
    [people.paul.accountId, least],
  )

test('REC-3, REC-4, EST-2, CAM-2: Paul finds who used services and who is expected to hire, and opens a campaign over the latter', {
  timeout: 1_200_000,
}, async () => {
  const expected = await expectedToHire()
  assert.ok(expected.length >= 3, `the demonstration tells such forecasts: ${expected.length}`)
  const [clpe] = await service.sql<{ id: number }>(
    `select territory_id as id from grants where account_id = $1 and tool = 'fiche-recrutement'`,
    [people.paul.accountId],
  )
  const paul = await withSession(people.paul)
  const { page } = paul
  const told = (count: number) => page.getByText(`${count} établissements`, { exact: true }).first().waitFor()
  const [used] = await service.sql<{ count: number }>(
    `select count(distinct e.siret)::int as count from operator_services s join establishments e using (siret)
      where e.active and e.clpe_id = $1 and used_on >= (current_date - interval '12 months') and kind <> 'evenement'
        and withdrawn_at is null and result <> 'annule'`,
    [clpe!.id],
  )
  assert.ok(used!.count >= 3)
  await page.goto(`/etablissements?territoire=${clpe!.id}`)
  const services = page.getByRole('group', { name: 'Services de l’opérateur' })
  await services.getByRole('button', { name: 'Utilisés', exact: true }).press('Enter')
  await told(used!.count)
  await services.getByRole('button', { name: 'Utilisés', exact: true }).press('Enter')
  await page.getByLabel(/^Embauches attendues d’ici trois mois/).selectOption({ label: String(least) })
  await told(expected.length)
  await soundAtEveryWidth(paul, 'recherche')

  // The card tells, from the declarations, the number that the search was asked from what is stored.
  const most = expected[0]!
  await page.goto(`/etablissements/${most.siret}/recrutements`)
  await page.getByText(`Environ ${most.expected} embauches probables`, { exact: false }).waitFor()
  await page.getByText('Éprouvée sur').scrollIntoViewIfNeeded()
  await page.locator('.cc-next-hires .cc-plot').waitFor()
  await sound(paul, 'prevision')

  await page.goto('/campagnes/nouvelle')
  await title(page, 'Préparer une campagne')
  await page.getByLabel(/^Nom de la campagne/).fill(campaignName)
  await page.getByRole('radio', { name: /Fidélisation/ }).check({ force: true })
  await page.getByLabel(/^Début/).fill(inDays(0))
  await page.getByLabel(/^Fin/).fill(inDays(60))
  await page.getByText(/^Brouillon enregistré à/).waitFor()
  const onwards = page.getByRole('button', { name: 'Continuer' })
  await onwards.click()
  await title(page, 'Avec qui ?')
  await onwards.click()
  await title(page, 'Quels objectifs ?')
  await page.getByLabel(/^Besoins à détecter/).fill('5')
  await onwards.click()
  await title(page, 'Quels établissements ?')
  await page.getByText('Embauches attendues', { exact: true }).press('Enter')
  await page.getByLabel(/^Embauches attendues d’ici trois mois, au moins/).fill(String(least))
  const sought = expected.filter(({ employer, marked }) => employer && !marked)
  await page.getByRole('button', { name: `Ajouter ces ${sought.length} établissements` }).waitFor()
  await soundAtEveryWidth(paul, 'criteres')
  await page.getByRole('button', { name: `Ajouter ces ${sought.length} établissements` }).press('Enter')
  await page.getByRole('link', { name: `Continuer avec ${sought.length} établissements` }).press('Enter')
  await leaveConflicts(page)
  await page.getByRole('link', { name: 'Continuer', exact: true }).press('Enter')
  await page.getByRole('button', { name: 'Ouvrir la campagne' }).press('Enter')
  await title(page, campaignName)
  await page.getByText('ouverte', { exact: true }).first().waitFor()
  const targets = await service.sql<{ siret: string }>(
    `select lpad(t.siret::text, 14, '0') as siret from campaign_targets t join campaigns c on c.id = t.campaign_id
      where c.name = $1 and c.status = 'open'`,
    [campaignName],
  )
  assert.deepEqual(
    targets.map(({ siret }) => siret).toSorted(),
    sought.map(({ siret }) => siret).toSorted(),
    'those whose card tells so many, and nobody else',
  )
})
