import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { addDays, parisDay } from '../server/platform/time.ts'
import { atEveryWidth, resize, widths } from './browser.ts'
import { keysOf, send, tell, walkTo } from './by-keys.ts'
import { journeys, title } from './journey.ts'

const { service, picture, sound, withSession } = journeys('journee-conseiller')

/** What Claire has to do, late first, as her portfolio lists it. */
const planned = () =>
  service.sql<{ id: string; siret: string; due: string; owner: string; late: boolean }>(
    `select n.id, lpad(n.siret::text, 14, '0') as siret, to_char(n.due_on, 'YYYY-MM-DD') as due, a.given_name as owner,
        n.due_on < (now() at time zone 'Europe/Paris')::date as late
      from next_actions n join accounts a on a.id = n.owner_id
      where n.organisation_id = (select organisation_id from accounts where id = $1) and n.done_at is null
        and n.cancelled_at is null order by n.due_on, n.id`,
    [people.claire.accountId],
  )
const recorded = async () =>
  (
    await service.sql<{ n: number; employers: number }>(
      'select count(*)::int as n, count(distinct siret)::int as employers from exchanges where author_id = $1 and recorded_at > $2',
      [people.claire.accountId, began],
    )
  )[0]!
let began = new Date()

test('CAM-5, CAM-9, POR-5: a whole day of an advisor by the keyboard: twelve exchanges, two actions moved, one handed over, the rest put off, a round', {
  timeout: 1_200_000,
}, async () => {
  const claire = await withSession(people.claire)
  const { page } = claire
  // The demonstration keeps her nearly in time.
  await service.sql(
    `update next_actions set due_on = (now() at time zone 'Europe/Paris')::date - 2 where id in (select id
      from next_actions where owner_id = $1 and done_at is null and cancelled_at is null order by due_on, id limit 3)`,
    [people.claire.accountId],
  )
  await page.goto('/portefeuille')
  await page.locator('.cc-table tbody tr').first().waitFor()
  began = new Date()
  const before = (await planned()).filter(({ owner }) => owner === 'Claire')
  const late = before.filter(one => one.late)
  assert.ok(late.length >= 3 && before.length >= 10, `${late.length} late of ${before.length}`)
  const address = (siret: string) => `/etablissements/${siret}`
  const row = (siret: string) => page.locator('tr', { has: page.locator(`a[data-row-stop][href="${address(siret)}"]`) })

  // Two are moved in one press, one is handed to a colleague.
  const [first, second, third] = late as [(typeof late)[0], (typeof late)[0], (typeof late)[0]]
  const planning = (act: Promise<void>) =>
    Promise.all([page.waitForResponse(answer => answer.request().method() === 'PUT' && answer.ok()), act])
  for (const { siret, id, due } of [first, second]) {
    const [soonest] = await row(siret)
      .getByRole('button', { name: / : reporter, / })
      .all()
    await planning(soonest!.press('Enter'))
    const now = (await planned()).find(one => one.id === id)!
    assert.ok(now.due > due && !now.late, `${due}, then ${now.due}`)
  }
  await row(third.siret)
    .getByRole('button', { name: /^Reporter…/ })
    .press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Reporter ou confier' })
  await dialog.getByLabel('Date prévue').fill(addDays(parisDay(new Date()), 7))
  await dialog.getByLabel('Qui s’en charge').selectOption(people.ines.accountId)
  await dialog.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  const handed = (await planned()).find(({ id }) => id === third.id)!
  assert.equal(handed.owner, 'Inès')

  // Twelve exchanges; two of them give a meeting on the same day.
  const day = addDays(parisDay(new Date()), 20)
  const employers = await page
    .locator('.cc-table a[data-row-stop]')
    .evaluateAll(links => [...new Set(links.map(link => link.getAttribute('href')!))])
    // The list may still show what was handed over, and lets it go meanwhile.
    .then(all => all.filter(href => href !== address(third.siret)))
  assert.ok(employers.length >= 12, `${employers.length} employers`)
  for (const [n, employer] of employers.slice(0, 12).entries()) {
    const meeting = n % 6 === 5
    await page.locator('h1').focus()
    await walkTo(page, employer)
    const panel = await tell(page, { channel: '1', result: meeting ? '2' : '3', notes: `Appel numéro ${n + 1}` })
    if (meeting) {
      await panel.getByLabel('Date prévue').fill(day)
      await panel.getByLabel('Heure').fill(n < 6 ? '09:30' : '14:00')
    }
    await send(panel, keysOf(page))
    await page.locator('.cc-toast', { hasText: 'Échange enregistré.' }).first().waitFor()
  }
  assert.deepEqual(await recorded(), { n: 12, employers: 12 })

  // What is left of the week is put off together by two working days, then taken back.
  await page.getByRole('link', { name: 'Déplacer des actions' }).press('Enter')
  await title(page, 'Déplacer des actions')
  const own = async () => (await planned()).filter(({ owner }) => owner === 'Claire')
  const standing = await own()
  await page.getByRole('radio', { name: /^\d?D’un nombre de jours ouvrés/ }).press('Space')
  await page.getByRole('textbox', { name: /^Jours ouvrés/ }).fill('2')
  await page.getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  await page.getByRole('heading', { name: 'Ce qui changerait' }).waitFor()
  assert.deepEqual(await own(), standing, 'nothing is done yet')
  await atEveryWidth(page, width => sound(claire, `deplacer-${width}`))
  await resize(page, widths.desktop)
  await page.getByRole('button', { name: /^Déplacer \d/ }).press('Enter')
  await title(page, 'Déplacer des actions')
  await page.getByText('terminé').waitFor()
  const moved = await own()
  assert.ok(standing.every(({ id, due }) => moved.find(one => one.id === id)!.due > due))
  await sound(claire, 'deplacees')
  await page.getByRole('button', { name: 'Annuler ce travail' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler le travail' }).press('Enter')
  await page.getByText('annulé', { exact: true }).waitFor()
  assert.deepEqual(await own(), standing, 'each is on its day again')

  // The work is found again from the home page.
  await page.goto('/')
  await page.getByRole('link', { name: 'Mes travaux longs' }).press('Enter')
  await title(page, 'Mes travaux longs')
  await page.getByRole('link', { name: 'Déplacer des actions' }).waitFor()

  // The two meetings make a round.
  await page.goto('/tournee')
  await page.getByLabel(/^Mes visites du/).fill(day)
  const stops = page.getByRole('list', { name: 'Étapes de la tournée' }).locator('> li')
  await stops.nth(1).waitFor()
  assert.equal(await stops.count(), 2)
  await picture(page, 'tournee')
})
