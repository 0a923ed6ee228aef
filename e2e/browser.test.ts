import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { axe, closeBrowser, openBrowser, openPage, overflows, widths } from './browser.ts'

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
