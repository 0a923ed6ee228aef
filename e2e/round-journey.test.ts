import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { textOfPdf } from '../server/testing/pdf.ts'
import { widths } from './browser.ts'
import { dayFromNow } from './employer-stub.ts'
import { journeys, title } from './journey.ts'

const { service, sound, soundAtEveryWidth, signedIn } = journeys('tournee')
const day = dayFromNow(400)

/** Claire's own next actions, on employers of different towns, become three visits of one far day, one at a fixed hour. */
const planned = `with own as (
    select distinct on (e.commune_code) n.id, n.siret, e.latitude
    from next_actions n join accounts a on a.id = n.owner_id and a.given_name = 'Claire' and a.family_name = 'Dufau'
    join establishments e on e.siret = n.siret and e.active and e.latitude is not null and e.name is not null
    where n.done_at is null and n.cancelled_at is null order by e.commune_code, n.id limit 3),
  ranked as (select *, row_number() over (order by latitude) as rank from own)
  update next_actions n set kind = 'visite', due_on = $1::date,
    due_at = case when r.rank = 3 then '09:00'::time when r.rank = 1 then '16:00'::time end
  from ranked r where r.id = n.id
  returning lpad(n.siret::text, 14, '0') as siret, to_char(n.due_at, 'HH24:MI') as at, n.id`

test('POR-5: on the real service an advisor makes the round of a day: in order, a visit recorded leaves it, its sheets are taken along', {
  timeout: 1_200_000,
}, async () => {
  const rows = (await service.sql(planned, [day])) as { siret: string; at: string | null; id: string }[]
  assert.equal(rows.length, 3, 'three visits')
  const claire = await signedIn(people.claire, widths.phone)
  const { page } = claire
  await page.goto('/portefeuille')
  await page.getByRole('link', { name: 'Ma tournée' }).press('Enter')
  await title(page, 'Ma tournée')
  await page.getByLabel(/^Mes visites du/).fill(day)
  const stops = page.getByRole('list', { name: 'Étapes de la tournée' }).locator('> li')
  await stops.nth(2).waitFor()
  await page.locator('.cc-map__frame[data-state="ready"]').waitFor()
  const hours = (await stops.getByRole('heading', { level: 3 }).allTextContents()).flatMap(
    words => /^\d+/.exec(words)?.[0] ?? [],
  )
  assert.deepEqual(hours, ['9', '16'], 'meetings by their hour')
  await soundAtEveryWidth(claire, 'jour')

  const morning = rows.find(({ at }) => at === '09:00')!
  const first = page.locator(`#etape-${morning.siret}`)
  await first.getByRole('button', { name: /^Échange/ }).press('Enter')
  const panel = page.getByRole('dialog', { name: 'Enregistrer un échange' })
  await panel.getByLabel('Notes').fill('Atelier visité, rien avant le printemps.')
  await panel
    .getByRole('radio', { name: /Visite/ })
    .first()
    .press('Space')
  await panel.getByRole('radio', { name: /Pas de besoin/ }).press('Space')
  await panel.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
  await panel.waitFor({ state: 'detached' })
  await first.waitFor({ state: 'detached' })
  const [action] = await service.sql('select done_at, answered_by from next_actions where id = $1', [morning.id])
  const { done_at: doneAt, answered_by: answeredBy } = action as { done_at: Date | null; answered_by: string | null }
  assert.ok(doneAt && answeredBy, 'the exchange answers the visit')

  await page.getByRole('button', { name: 'Fiches de visite' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Fiches de visite' })
  await dialog.getByLabel('Pour quoi faire').fill('Visites de l’après-midi')
  await sound(claire, 'fiches')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Télécharger' }).press('Enter'),
  ])
  assert.match(file.suggestedFilename(), /^fiches-de-visite-\d{4}-\d{2}-\d{2}\.pdf$/)
  const text = textOfPdf(await readFile(await file.path()))
  assert.match(text, /Étape 2 sur 2/)
  assert.match(text, /Motif : Visites de l’après-midi/)
  const [told] = await service.sql(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'visit-sheets.exported' order by e.at desc limit 1`,
  )
  const { detail } = told as { detail: { purpose: string; establishments: string[] } }
  assert.deepEqual(
    [detail.purpose, detail.establishments.toSorted()],
    [
      'Visites de l’après-midi',
      rows
        .filter(({ siret }) => siret !== morning.siret)
        .map(({ siret }) => siret)
        .sort(),
    ],
  )
})
