import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { until } from '../server/testing/until.ts'
import { pagesUnderTest } from './pages.ts'
import { refusal } from './stub-service.ts'

const root = join(import.meta.dirname, '..')
let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
  pages.service.on('GET /me', refusal(401, 'session/required', 'Connexion requise', 'Entrez.'))
})
after(() => pages?.stop())

/** Drawn by every page, or a page of its own. */
const elsewhere = ['Announcer', 'Toaster', 'ToldNotice', 'NotFound', 'RefusalPage']

test('UX-1: every piece of the kit is on its page', () => {
  const index = readFileSync(join(root, 'web/ui/index.ts'), 'utf8')
  const pieces = [...index.matchAll(/export \{([^}]*)\}/g)]
    .flatMap(([, names]) => names!.split(',').map(name => name.trim()))
    .filter(name => /^[A-Z]/.test(name) && !elsewhere.includes(name))
  assert.ok(pieces.length > 40)
  const drawn = readdirSync(join(root, 'web/kit-page'))
    .map(file => readFileSync(join(root, 'web/kit-page', file), 'utf8'))
    .join('\n')
  // Drawn by another piece: it shows what differs.
  const missing = pieces.filter(name => name !== 'Differing' && !new RegExp(`<${name}\\b`).test(drawn))
  assert.deepEqual(missing, [], 'pieces that web/kit-page does not draw')
})

test('UX-1: the page of the kit comes on its own, with nothing of it in the first load', () => {
  const dist = process.env['DIST'] ?? join(root, 'dist')
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file!)
  assert.ok(first.length > 0)
  const words = 'dans chacun de ses états'
  for (const file of first) assert.ok(!readFileSync(join(dist, file), 'utf8').includes(words), file)
  assert.ok(
    readdirSync(join(dist, 'assets')).some(
      file => file.endsWith('.js') && readFileSync(join(dist, 'assets', file), 'utf8').includes(words),
    ),
  )
})

test('UX-5: a button pressed from a field left without a choice does what it says, and the field says what lacks', async () => {
  const page = await pages.open('/_apercu')
  await page.getByRole('combobox', { name: 'Commune (facultatif)' }).fill('nulle part')
  await page.getByText('Rien ne correspond').first().waitFor()
  const button = page.getByRole('button', { name: 'Envoyer l’exemple' })
  // The drafts of the page have come: nothing moves under the press but what it does.
  await page
    .getByText(/Il est repris ci-dessous/)
    .nth(2)
    .waitFor()
  // All in sight: where one has scrolled, the browser holds the button in place by itself.
  await page.setViewportSize({ width: 1440, height: 6000 })
  // The page has drawn itself anew at that height: the button stands still.
  let box = (await button.boundingBox())!
  let still = 0
  await until('the button stands still', async () => {
    const now = (await button.boundingBox())!
    still = now.y === box.y ? still + 1 : 0
    box = now
    return still === 25
  })
  const { x, y, width } = box
  // As a hand does: it presses near the edge, holds a moment, then lets go at the same place.
  await page.mouse.move(x + width / 2, y + 3)
  await page.mouse.down()
  await new Promise(r => setTimeout(r, 200))
  await page.mouse.up()
  await page.getByText('2 réponses sont à corriger').waitFor()
  await page.getByText('Choisissez une des propositions de la liste.').first().waitFor()
})

test('UX-1: every piece of the kit holds in every state, at three widths', async () => {
  const page = await pages.open('/_apercu')
  await page.getByRole('heading', { name: 'Aperçu des composants' }).waitFor()
  await page.locator('.cc-plot').scrollIntoViewIfNeeded()
  await pages.soundAtEveryWidth('kit')

  await page.getByRole('combobox', { name: 'Commune (facultatif)' }).fill('l')
  await page.getByRole('option', { name: /Le Barp/ }).waitFor()
  await pages.sound('kit-propositions')
  await page.getByRole('option', { name: /Le Barp/ }).click()

  await page.getByRole('button', { name: 'Envoyer l’exemple' }).click()
  await page.getByText('2 réponses sont à corriger').waitFor()
  await pages.soundAtEveryWidth('kit-refuse')

  await page.getByRole('button', { name: 'Dire ce qui est fait' }).click()
  await page.getByText('2 courriels partent.').first().waitFor()
  for (const shape of ['au centre', 'sur le côté']) {
    await page.getByRole('button', { name: `Ouvrir ${shape}` }).click()
    await page.getByRole('dialog').waitFor()
    await pages.soundAtEveryWidth(`kit-${shape.replaceAll(' ', '-')}`)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
})

test('UX-1, CAM-5: what was just done is seen ten seconds, said once, and undone by a button or a key; time stops while one stands in it', async () => {
  const page = await pages.open('/_apercu')
  const toast = page.getByRole('region', { name: 'Ce qui vient d’être fait' })
  const show = page.getByRole('button', { name: 'Montrer, avec « Annuler »' })
  const said = () => page.locator('[role=status]').allTextContents()
  await show.press('Enter')
  await toast.waitFor()
  assert.deepEqual(
    (await said()).filter(text => text.includes('Échange enregistré.')),
    ['Échange enregistré. Touche Z : annuler.'],
  )
  await toast.getByRole('button', { name: 'Fermer' }).focus()
  await pages.soundAtEveryWidth('kit-toast')
  await page.keyboard.press('Enter')
  assert.equal(await toast.count(), 0)

  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
  await show.press('Enter')
  await toast.waitFor()
  await page.clock.runFor(9_900)
  assert.equal(await toast.count(), 1)
  await page.clock.runFor(200)
  assert.equal(await toast.count(), 0)

  await show.press('Enter')
  await toast.getByRole('button', { name: 'Annuler' }).focus()
  await page.clock.runFor(60_000)
  assert.equal(await toast.count(), 1, 'one is about to press')
  await page.keyboard.press('Enter')
  await page.clock.runFor(400)
  await page.getByText('Échange annulé.').first().waitFor()
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the focus is not lost')
  assert.equal(await toast.getByRole('button', { name: 'Annuler' }).count(), 0, 'undone once')

  await show.press('Enter')
  await page.keyboard.press('z')
  await page.clock.runFor(400)
  await toast.getByText('Échange annulé.').waitFor()
})

/** Whether thirty frames on end come without the page asking for one, of six hundred. */
const rests = `(async () => {
  for (let frame = 0, still = 0; frame < 600; frame++) {
    const before = window.framesAsked
    await new Promise(run => window.frame(run))
    still = window.framesAsked === before ? still + 1 : 0
    if (still === 30) return true
  }
  return false
})()`

test('UX-2: a page at rest asks for no frame, and does again once its settings open', async () => {
  const page = await pages.open('/mentions-legales')
  await page.addInitScript(`
    window.frame = window.requestAnimationFrame.bind(window)
    window.framesAsked = 0
    window.requestAnimationFrame = run => {
      window.framesAsked += 1
      return window.frame(run)
    }`)
  await page.reload()
  await page.locator('html[data-fr-js] h1').waitFor()
  assert.equal(await page.evaluate(rests), true)
  const asked = await page.evaluate('window.framesAsked')
  await page.getByRole('button', { name: 'Paramètres d’affichage' }).click()
  await page.getByRole('radio', { name: 'Thème sombre' }).waitFor()
  assert.ok((await page.evaluate<number>('window.framesAsked')) > Number(asked))
})
