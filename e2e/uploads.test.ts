import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { aScan } from '../server/people-and-rights/uploads/testing.ts'
import { journeys } from './journey.ts'

const { service, soundAtEveryWidth: sound, signedIn } = journeys('uploads')
const scan = { name: 'Congé signé.pdf', mimeType: 'application/pdf', buffer: aScan(2_400_000) }
const pieces = '**/api/uploads/*/pieces/*'

test('AGR-13, UX-3: a scan leaves while the form is filled in; cut, it goes on from there by hand and nothing typed is lost', {
  timeout: 1_200_000,
}, async () => {
  const gilles = await signedIn(people.gilles)
  const { page } = gilles
  await page.goto('/conventions')
  await page.getByRole('heading', { name: /^Convention avec la communauté de communes Jalle/, level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Donner congé' }).press('Enter')
  const dialog = page.getByRole('dialog')
  const field = dialog.locator('input[type=file]')

  // What is no document is said at the field, and may be replaced.
  await field.setInputFiles({ name: 'lettre.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html></html>') })
  await dialog.getByText(/^Fichier non accepté\. Déposez un PDF entier/).waitFor()
  assert.equal(await dialog.getByRole('button', { name: 'Reprendre l’envoi' }).count(), 0)
  await sound(gilles, 'refuse')

  // The third piece waits, so that its progress is seen.
  let go = () => {}
  const held = new Promise<void>(free => {
    go = free
  })
  let cut = true
  const asked: string[] = []
  await page.route(pieces, async route => {
    const position = route.request().url().split('/').at(-1)!
    asked.push(position)
    if (position !== '2') return route.continue()
    await held
    return cut ? route.abort() : route.continue()
  })
  await field.setInputFiles(scan)
  await dialog.getByRole('progressbar', { name: 'Envoi de « Congé signé.pdf »' }).waitFor()
  await dialog.getByText('40 % de 2,4 Mo').waitFor()
  await sound(gilles, 'envoi')
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date())
  await dialog.getByLabel(/^Reçu le/).fill(day)
  go()
  await dialog.getByText(/^Connexion perdue\./).waitFor()
  await dialog.getByText('« Congé signé.pdf » : ce qui est arrivé est gardé, et l’envoi reprend de là.').waitFor()
  await sound(gilles, 'arret')
  cut = false
  await dialog.getByRole('button', { name: 'Reprendre l’envoi' }).press('Enter')
  await dialog.getByText('Fichier joint : Congé signé.pdf (2,4 Mo)').waitFor()
  assert.deepEqual(asked, ['0', '1', '2', '2', '3', '4'])
  assert.equal(await dialog.getByLabel(/^Reçu le/).inputValue(), day)
  await sound(gilles, 'joint')
  await dialog.getByRole('button', { name: 'Donner congé' }).press('Enter')
  await dialog.getByRole('button', { name: 'Confirmer cette fin' }).press('Enter')
  await page.getByText(/^En vigueur, congé donné\. Elle se termine le/).waitFor()
  const [document] = await service.sql<{ size: number; name: string }>(
    `select length(bytes) as size, name from convention_documents where kind = 'resiliation' order by added_at desc limit 1`,
  )
  assert.deepEqual([document!.size, document!.name], [scan.buffer.length, scan.name])
  assert.deepEqual(await service.sql('select id from uploads'), [])

  // AGR-13: the acknowledgement follows, at any time, and is found again beside its letter.
  await page.unroute(pieces)
  await page.getByRole('button', { name: 'Déposer l’avis de réception' }).press('Enter')
  const receipt = page.getByRole('dialog', { name: 'Avis de réception' })
  await receipt.locator('input[type=file]').setInputFiles(scan)
  await receipt.getByText('Fichier joint : Congé signé.pdf (2,4 Mo)').waitFor()
  await receipt.getByRole('button', { name: 'Retirer le fichier' }).press('Enter')
  await receipt.getByText(/^Fichier joint/).waitFor({ state: 'detached' })
  await receipt.locator('input[type=file]').setInputFiles({ ...scan, name: 'avis.pdf' })
  await receipt.getByRole('button', { name: 'Déposer l’avis de réception' }).press('Enter')
  const link = page.getByRole('link', { name: 'L’avis de réception', exact: true })
  await link.waitFor()
  const coming = page.waitForEvent('download')
  await link.click()
  assert.equal((await coming).suggestedFilename(), 'avis.pdf')
})
