import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { textOfPdf } from '../server/testing/pdf.ts'
import { keysOf, send, tell } from './by-keys.ts'
import { journeys } from './journey.ts'

const { service, sound, soundAtEveryWidth, signedIn } = journeys('entreprise')

/** Two open shops of one firm that nobody ever met, near each other; no campaign ever had the second. */
const twoShops = async () => {
  const [shops] = await service.sql<{ first: string; second: string; town: string }>(
    `select lpad(a.siret::text, 14, '0') as first, lpad(b.siret::text, 14, '0') as second, a.commune_name as town
      from establishments a join establishments b on b.siren = a.siren and b.siret > a.siret
      where a.active and b.active and a.diffusion = 'O' and b.diffusion = 'O' and a.clpe_id = b.clpe_id
        and not exists (select from exchanges x where x.siret / 100000 = a.siren)
        and not exists (select from campaign_targets t join campaigns c on c.id = t.campaign_id and c.status = 'open'
          where t.siret / 100000 = a.siren and (t.taken_by is not null or t.assigned_organisation is not null))
        and not exists (select from campaign_targets t where t.siret = b.siret)
      order by a.siret limit 1`,
  )
  assert.ok(shops, 'the demonstration has such a firm')
  return shops
}

test('EST-12, EST-7: two shops of one firm, two partners: what one said next door is read before the other calls, or goes round', {
  timeout: 1_200_000,
}, async () => {
  const { first, second, town } = await twoShops()
  const karim = await signedIn(people.karim)
  await karim.page.goto(`/etablissements/${first}`)
  await karim.page.getByRole('heading', { name: 'Avant de contacter' }).waitFor()
  await send(
    await tell(karim.page, {
      channel: '1',
      result: '1',
      met: 'La gérante',
      notes: 'Cherche deux vendeurs',
      need: 'Deux vendeurs',
    }),
    keysOf(karim.page),
  )
  await karim.page.locator('.cc-toast', { hasText: 'Échange enregistré.' }).first().waitFor()

  const claire = await signedIn(people.claire)
  const { page } = claire
  await page.goto(`/etablissements/${second}`)
  const before = page.locator('section', { has: page.getByRole('heading', { name: 'Avant de contacter' }) })
  await before.getByText('Le réseau n’a encore noté aucun contact avec cet employeur').waitFor()
  await before.getByRole('heading', { name: 'Dans la même entreprise' }).waitFor()
  await before.getByText('Le réseau y a noté 1 contact ce mois-ci').waitFor()
  const next = before.locator('li', { hasText: people.karim.usualName })
  assert.match(await next.innerText(), /Mission locale des Graves, téléphone, par Karim Belkacem : besoin détecté/)
  assert.equal(await next.getByRole('link').first().getAttribute('href'), `/etablissements/${first}`)
  assert.ok((await next.innerText()).toLowerCase().includes(town.toLowerCase().replaceAll("'", '’')), town)
  await soundAtEveryWidth(claire, 'fiche')

  await page.keyboard.press('n')
  const panel = page.getByRole('dialog', { name: 'Enregistrer un échange' })
  await panel.getByText(/^Même entreprise, à /).waitFor()
  await sound(claire, 'panneau', { full: false })
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })

  const history = page.locator('#historique')
  await history.getByText('Aucun échange pour l’instant').waitFor()
  await history.getByLabel('Établissements').selectOption({ label: 'Toute l’entreprise' })
  const line = history.locator('li', { hasText: 'Cherche deux vendeurs' })
  await line.waitFor()
  assert.ok(await line.locator(`a[href="/etablissements/${first}"]`).count(), 'said of which establishment')
  await sound(claire, 'historique')
  await page.reload()
  await line.waitFor()

  await page.goto(`/tournee?etablissements=${second}`)
  const stop = page.locator(`#etape-${second}`)
  await stop.getByText(/^Même entreprise : .+, contacté le .+ par la mission locale des Graves\.$/).waitFor()
  await soundAtEveryWidth(claire, 'tournee')
  await stop.getByRole('button', { name: /^Fiche/ }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Fiche de visite' })
  await dialog.getByLabel('Pour quoi faire').fill('Visite de mardi')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Télécharger' }).press('Enter'),
  ])
  const sheet = await readFile(await file.path())
  if (process.env['SHOTS']) await writeFile(`${process.env['SHOTS']}/fiche-de-visite.pdf`, sheet)
  assert.match(
    textOfPdf(sheet).replaceAll(/\s+/g, ' '),
    /Même entreprise : .+, contacté le .+ par la mission locale des Graves\./,
  )
})
