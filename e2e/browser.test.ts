import assert from 'node:assert/strict'
import { after, mock, test } from 'node:test'
import { wholeDepth } from '../server/testing/depth.ts'
import { atEveryWidth, axe, closeBrowser, openBrowser, openPage, overflows, widths } from './browser.ts'

after(closeBrowser)

test('the browser that npm brings starts, draws, keeps its web security, and sees what it should see', {
  timeout: 120_000,
}, async () => {
  assert.match((await openBrowser()).version(), /^\d+\./)
  const { page, context } = await openPage('http://localhost', widths.phone)
  await page.goto(
    'data:text/html,<html lang=fr><title>Essai</title><main><h1>Bonjour</h1><div style="width:900px">large</div><img src=x></main>',
  )
  assert.equal(await page.getByRole('heading').innerText(), 'Bonjour')
  assert.equal(await overflows(page), true)
  assert.match((await axe(page)).join(), /image-alt/)
  assert.ok((await page.screenshot()).length > 1000)
  assert.equal(await page.evaluate('location.origin'), 'null')
  assert.equal(await page.evaluate("fetch('http://localhost:1/').catch(error => error.name)"), 'TypeError')
  // Two contexts at once: the package's own flags would join them in one process.
  const other = await openPage('http://localhost', widths.desktop)
  await other.page.goto('data:text/html,<html lang=fr><title>Autre</title><main><h1>Autre</h1></main>')
  assert.deepEqual(await axe(other.page), [])
  await other.context.close()
  await context.close()
})

test('a page reads the clock of the run that opened it, moved or not', { timeout: 120_000 }, async () => {
  const apart = async () => {
    const { page, context } = await openPage('http://localhost', widths.phone)
    await page.goto('data:text/html,<html lang=fr><title>Essai</title><main><h1>Bonjour</h1></main>')
    const read = (await page.evaluate('Date.now()')) as number
    await context.close()
    return Math.abs(read - Date.now())
  }
  assert.ok((await apart()) < 60_000, 'as the run reads it')
  const { FAKETIME } = process.env
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 400 * 86_400_000 })
  process.env.FAKETIME = '+400d'
  try {
    assert.ok((await apart()) < 60_000, 'four hundred days later')
  } finally {
    mock.timers.reset()
    if (FAKETIME === undefined) delete process.env.FAKETIME
    else process.env.FAKETIME = FAKETIME
  }
})

test('UX-1: axe sees a pale text, a button without a name and a wrong role, says where, and is silent once they are mended', {
  timeout: 120_000,
}, async () => {
  const { page, context } = await openPage('http://localhost', widths.desktop)
  await page.goto(
    `data:text/html,<html lang=fr><title>Essai</title><main><h1>Bonjour</h1><p id=pale style="color:%23aaa">pâle</p>
    <button id=mute></button><div role=list id=list><p>rien</p></div></main>`,
  )
  const seen = (await axe(page)).join('\n')
  for (const one of [/color-contrast: #pale/, /button-name: #mute/, /aria-required-children: #list/])
    assert.match(seen, one)
  await page.evaluate(() => {
    document.querySelector('#pale')!.removeAttribute('style')
    document.querySelector('#mute')!.textContent = 'Fermer'
    document.querySelector('#list')!.removeAttribute('role')
  })
  assert.deepEqual(await axe(page), [])
  // Style sheets are not read for axe: a rule that would need them must not come to run unseen.
  assert.deepEqual(
    await page.evaluate(
      "axe._audit.rules.filter(r => r.preload && !r.tags.includes('experimental')).map(r => r.id).join()",
    ),
    'no-autoplay-audio',
  )
  await context.close()
})

test('UX-1: at the three widths, what is wrong on a phone alone is seen, and on a desktop alone', {
  timeout: 120_000,
}, async () => {
  const { page, context } = await openPage('http://localhost', widths.desktop)
  await page.goto(
    `data:text/html,<html lang=fr><title>Essai</title><style>button { display: none }
    @media (max-width: 30em) { .phone { display: block } } @media (min-width: 62em) { .desk { display: block } }</style>
    <main><h1>Bonjour</h1><button class=phone id=phone></button><button class=desk id=desk></button></main>`,
  )
  const seen = async () => {
    const at: [string, string][] = []
    await atEveryWidth(page, async width => {
      at.push([width, (await axe(page)).map(one => one.replace(/ \(.*/, '')).join()])
    })
    return at
  }
  assert.deepEqual(await seen(), [
    ['320', 'button-name: #phone'],
    ['768', ''],
    ['1440', 'button-name: #desk'],
  ])
  // A fault at each of the three: at the one between, a whole run alone asks.
  await page.addStyleTag({ content: '.phone { display: block !important }' })
  assert.deepEqual(await seen(), [
    ['320', 'button-name: #phone'],
    ['768', wholeDepth ? 'button-name: #phone' : ''],
    ['1440', 'button-name: #phone ; #desk'],
  ])
  assert.equal((await axe(page)).length, 1, 'nor is it silent after')
  await context.close()
})
