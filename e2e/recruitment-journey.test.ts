import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { journeys, title } from './journey.ts'

const { service, sound, soundAtEveryWidth, signedIn } = journeys('recrutement')

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
  await karim.page.goto(`/etablissements/${siret}/recrutements/entreprise`)
  await karim.page.getByText('responsable de gestion de comptes', { exact: false }).first().waitFor()
  assert.equal((await karim.page.request.get(`/api/companies/${siren}/recruitment`)).status(), 403)
  assert.equal(await karim.page.locator('.cc-figure').count(), 0)
  await sound(karim, 'refus')
})
